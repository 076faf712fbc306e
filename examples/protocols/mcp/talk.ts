import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';

/**
 * Takes a message of the client of a session. For a call it gives messages up to the response; for any other message it
 * completes.
 */
export type Talk = (message: JSONRPCMessage, session: string) => Observable<JSONRPCMessage>;

/** Gives the messages of a session that belong to no call, for example by `resumable`. */
export type News = (session: string) => (lastEventId?: string) => Observable<SseMessageInit>;
