import { isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage, JSONRPCRequest, Result } from '@modelcontextprotocol/sdk/types.js';
import { catchError, concatMap, defer, map, mergeMap, of } from 'rxjs';
import type { Observable, ObservableInput, OperatorFunction } from 'rxjs';

/**
 * Answers the requests that a server sends within a call, such as elicitation and sampling, and emits the other
 * messages.
 *
 * @param send - Sends the response.
 */
export const answered = (
  answer: (request: JSONRPCRequest) => ObservableInput<Result>,
  send: (response: JSONRPCMessage) => Observable<never>,
): OperatorFunction<JSONRPCMessage, JSONRPCMessage> =>
  mergeMap((message) => {
    if (!isJSONRPCRequest(message)) return of(message);
    const response = { jsonrpc: '2.0', id: message.id } as const;
    return defer(() => answer(message)).pipe(
      map((result) => ({ ...response, result })),
      catchError((error: unknown) => of({ ...response, error: { code: -32603, message: String(error) } })),
      concatMap(send),
    );
  });
