import type { StreamResponse } from '../client/streamInit';

const MEMBERS = ['ok', 'status', 'statusText', 'headers', 'url', 'body'] satisfies (keyof StreamResponse)[];

/**
 * Wraps an error of the application's code in a response that throws the error when a member is read. The `fetch`
 * itself cannot error with it: a reader takes a `TypeError` of `fetch` for a failure of the network, and would send the
 * request again and again.
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
