import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { ignoreElements } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch } from 'rxjs-http-streams';
import { sessionFetch } from './sessionFetch.js';

/**
 * Sends a notification, or the response to a request of the server, and completes when the server has it.
 *
 * @param session - The headers of the session.
 */
export const send = (
  url: string,
  message: JSONRPCMessage,
  session: Headers,
  fetchFrom?: FetchLike,
): Observable<never> =>
  fromChunkedFetch(url, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(session),
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify(message),
    fetch: sessionFetch(session, fetchFrom),
  }).pipe(ignoreElements());
