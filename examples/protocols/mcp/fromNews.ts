import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { filter, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';

/** Reads the messages of a session that belong to no call. A server that has none answers with the status 405. */
export const fromNews = (url: string, session: Headers): Observable<JSONRPCMessage> =>
  fromEventSource(url, { headers: session }).pipe(
    filter(({ data }) => data !== ''),
    map(({ data }) => JSON.parse(data) as JSONRPCMessage),
  );
