/** An event stream on its way out: the bodies of some clients, and what sends a message to all of them. */
export interface Outlet {
  readonly bodies: readonly ReadableStream<Uint8Array>[];
  readonly send: (data: string) => unknown;
}

export type OpenOutlet = (clients: number) => Outlet | Promise<Outlet>;

/** The body of a response that streams. */
export function bodyOf({ body }: Response): ReadableStream<Uint8Array> {
  if (!body) throw new Error('the response has no body');
  return body;
}

/** The request that a framework passes to its handler. */
export const request = (): Request => new Request('http://localhost/');
