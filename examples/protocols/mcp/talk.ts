import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Observable } from 'rxjs';

/**
 * Takes a message of the client of a session. For a call it gives messages up to the response; for any other message it
 * completes.
 */
export type Talk = (message: JSONRPCMessage, session: string) => Observable<JSONRPCMessage>;
