import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { EMPTY, Subject, defer, filter, map, merge, mergeMap, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Talk } from '../mcp/talk';

/** A message of the official server, with the call that it belongs to. */
interface Sent {
  readonly message: JSONRPCMessage;
  readonly call: RequestId | undefined;
}

const isResponse = (message: JSONRPCMessage): boolean => !('method' in message);

/** The transport of an official server whose messages go to whoever has called. */
function bridge(): Transport & { readonly sent$: Observable<Sent> } {
  const sentSubject = new Subject<Sent>();
  return {
    sent$: sentSubject,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send: (message, options) => {
      const call = isResponse(message) ? (message as { id: RequestId }).id : options?.relatedRequestId;
      sentSubject.next({ message, call });
      return Promise.resolve();
    },
  };
}

/** Lets an official server, one for each session, answer the messages that a recipe gets. */
export function talkTo(serverOf: () => McpServer): Talk {
  const sessions = new Map<string, Promise<ReturnType<typeof bridge>>>();
  const connect = async (): Promise<ReturnType<typeof bridge>> => {
    const transport = bridge();
    await serverOf().connect(transport);
    return transport;
  };
  return (message, session) => {
    const connected = sessions.get(session) ?? connect();
    sessions.set(session, connected);
    return defer(() => connected).pipe(
      mergeMap((transport) => {
        const tell$ = defer(() => {
          transport.onmessage?.(message);
          return EMPTY;
        });
        if (!isJSONRPCRequest(message)) return tell$;
        const answer$ = transport.sent$.pipe(
          filter(({ call }) => call === message.id),
          map((sent) => sent.message),
          takeWhile((sent) => !isResponse(sent), true),
        );
        return merge(answer$, tell$);
      }),
    );
  };
}
