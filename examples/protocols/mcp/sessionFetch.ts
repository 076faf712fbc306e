import { toSseResponse } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';

/** A `fetch` that gives a JSON answer as a stream of one event, and notes the id of the session. */
export const sessionFetch =
  (session: Headers): StreamFetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const id = response.headers.get('mcp-session-id');
    if (id) session.set('mcp-session-id', id);
    const isJson = response.ok && response.headers.get('content-type')?.startsWith('application/json');
    return isJson ? toSseResponse([await response.text()]) : response;
  };
