import type { JSONRPCRequest, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { durable } from 'rxjs-http-streams';
import type { MessageLogs, SseMessageInit } from 'rxjs-http-streams';
import type { Talk } from './talk.js';

/**
 * Makes each call once, and lets it run to its end while its client is away. The ids of the messages name their call,
 * so that a Last-Event-ID is enough to continue it.
 */
export function callsTo(talk: Talk, logs?: MessageLogs) {
  const answers = durable(logs);
  const named = (name: string, message$: Observable<SseMessageInit>): Observable<SseMessageInit> =>
    message$.pipe(map((message) => ({ ...message, id: `${name} ${message.id}` })));
  const nameOf = (session: string, id: RequestId): string => `${session}:${encodeURIComponent(id)}`;
  return {
    make: (session: string, call: JSONRPCRequest): Observable<SseMessageInit> => {
      const data$ = talk(call, session).pipe(map((data) => ({ data })));
      // The first message has only an id, from which a client continues that lost its connection before the second.
      const answer = answers.run(nameOf(session, call.id), concat(of({ data: '' }), data$));
      return named(nameOf(session, call.id), answer());
    },
    continue: (lastEventId: string): Observable<SseMessageInit> => {
      const [name = '', after] = lastEventId.split(' ');
      return named(name, answers.follow(name)(after));
    },
    cancel: (session: string, id: RequestId) => answers.stop(nameOf(session, id)),
  };
}
