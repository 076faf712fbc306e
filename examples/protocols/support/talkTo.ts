import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { EMPTY, Subject, defer, filter, map, merge, mergeMap, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable } from 'rxjs-http-streams';
import type { News, Talk } from '../mcp/talk';

/** A message of the official server, with the call that it belongs to. */
interface Sent {
  readonly message: JSONRPCMessage;
  readonly call: RequestId | undefined;
}

const isResponse = (message: JSONRPCMessage): boolean => !('method' in message);

/** The transport of an official server whose messages go to the client of their call, or are news. */
function bridge(): Transport & { readonly sent$: Observable<Sent>; readonly news: ReturnType<News> } {
  const sentSubject = new Subject<Sent>();
  return {
    sent$: sentSubject,
    news: resumable(
      sentSubject.pipe(
        filter(({ call }) => call === undefined),
        map(({ message }) => ({ data: message })),
      ),
      { onGap: 'replay' },
    ),
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send: (message, options) => {
      const call = isResponse(message) ? (message as { id: RequestId }).id : options?.relatedRequestId;
      sentSubject.next({ message, call });
      return Promise.resolve();
    },
  };
}

/** Lets an official server, one for each session, answer the messages that a recipe gets, and tell news. */
export function talkTo(serverOf: () => McpServer): readonly [Talk, News] {
  const sessions = new Map<string, Promise<ReturnType<typeof bridge>>>();
  const connect = async (): Promise<ReturnType<typeof bridge>> => {
    const transport = bridge();
    await serverOf().connect(transport);
    return transport;
  };
  const sessionOf = (session: string): ReturnType<typeof connect> => {
    const connected = sessions.get(session) ?? connect();
    sessions.set(session, connected);
    return connected;
  };
  const talk: Talk = (message, session) =>
    defer(() => sessionOf(session)).pipe(
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
  const news: News = (session) => (lastEventId) =>
    defer(() => sessionOf(session)).pipe(mergeMap((transport) => transport.news(lastEventId)));
  return [talk, news];
}
