import { HttpContext, HttpContextToken } from '@angular/common/http';

/** One request of a reader on its way through the interceptors. */
export interface StreamExchange {
  /** The init of the call of `fetch`. An `HttpRequest` has no members for its signal, `dispatcher` or `duplex`. */
  readonly init: RequestInit;
  /** The latest response that the backend emitted. */
  response?: Response;
  /** The error because of which the backend received no response. */
  failure?: {
    readonly cause: unknown;
    /** Whether the platform cannot make the request. If so, the network has not failed. */
    readonly isMistake: boolean;
  };
  /** The body of a response of an error status: the text, and the `error` that the backend made of it. */
  refusal?: { readonly error: unknown; readonly text: string };
}

/** Marks the request of a stream, for which the backend emits the response before its body has arrived. */
export const STREAM = new HttpContextToken<StreamExchange | undefined>(() => undefined);

/**
 * Makes the context of one request: a copy, so that a token which an interceptor sets does not reach the next request.
 */
export function contextOf(exchange: StreamExchange, given: unknown): HttpContext {
  const context = new HttpContext();
  if (given instanceof HttpContext) {
    for (const token of given.keys()) context.set(token, given.get(token));
  } else if (given !== undefined) {
    throw new TypeError(`context: expected an HttpContext, got ${typeof given}`);
  }
  return context.set(STREAM, exchange);
}

/** Options that `RequestInit` and an `HttpRequest` share. Some versions of Angular do not have all of them. */
export const FETCH_OPTIONS = [
  'cache',
  'credentials',
  'integrity',
  'keepalive',
  'mode',
  'priority',
  'redirect',
  'referrer',
  'referrerPolicy',
] as const;

/** Copies the named members of an object that are set. */
export const pick = (source: object, names: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(source).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
