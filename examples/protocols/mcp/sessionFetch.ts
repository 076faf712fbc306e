import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { toSseResponse } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';

/**
 * A `fetch` that gives a JSON answer as a stream of one event, and notes the id of the session.
 *
 * @param fetchFrom - Sends the requests: `withOAuth(provider, url)(fetch)` of the official client authorizes them.
 */
export const sessionFetch =
  (session: Headers, fetchFrom: FetchLike = fetch): StreamFetch =>
  async (input, init) => {
    const response = await fetchFrom(input as string, init);
    const id = response.headers.get('mcp-session-id');
    if (id) session.set('mcp-session-id', id);
    const isJson = response.ok && response.headers.get('content-type')?.startsWith('application/json');
    return isJson ? toSseResponse([await response.text()]) : response;
  };
