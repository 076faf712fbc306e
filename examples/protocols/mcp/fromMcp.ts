import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { filter, map, takeWhile } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { postOnce } from '../posting/postOnce.js';
import { sessionFetch } from './sessionFetch.js';

/**
 * Sends a call, and emits the messages of the server up to the response. The call is sent once: after an id the stream
 * is continued by a GET, and before one a failure is the error of the stream.
 *
 * @param session - The headers of the session: a token, and what the server has set in the call of `initialize`.
 */
export const fromMcp = (url: string, call: JSONRPCRequest, session = new Headers(), fetchFrom?: FetchLike) =>
  fromEventSource(url, {
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    fetch: sessionFetch(session, fetchFrom),
    reconnect: true,
    request: postOnce(
      { headers: session, body: JSON.stringify(call) },
      ({ lastEventId }) => lastEventId !== '',
    ),
  }).pipe(
    filter(({ data }) => data !== ''),
    map(({ data }) => JSON.parse(data) as JSONRPCMessage),
    takeWhile((message) => 'method' in message || message.id !== call.id, true),
  );
