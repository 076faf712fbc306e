import type { StreamResponse } from '../client/streamInit';

const MEMBERS = ['ok', 'status', 'statusText', 'headers', 'url', 'body'] satisfies (keyof StreamResponse)[];

/**
 * A failure of the application's own code, as a response that throws it once it is looked at. A reader takes a `fetch`
 * that errors with a `TypeError` for a network that is down, and would send the request again, for ever.
 */
export function ownFailure(error: unknown): StreamResponse {
  const get = (): never => {
    throw error;
  };
  return Object.defineProperties(
    {} as StreamResponse,
    Object.fromEntries(MEMBERS.map((name) => [name, { get }])),
  );
}
