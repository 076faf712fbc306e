import { AsyncSubject, defer, first } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { check } from '../options/rules';
import { aFeedSource, someLogs } from '../options/feeds';
import { aName } from '../options/values';
import type { SseMessageInit } from '../protocol/sseMessage';
import { feedClient } from './feedClient';
import { foundTail } from './foundTail';
import type { MessageLogs } from './logs';
import { memoryLogs } from './memoryLogs';
import { SharedTail } from './sharedTail';
import { startedTail } from './startedTail';
import type { Tail } from './tail';

/** Answers by their ids. The source of an answer runs to its end, whether or not a client is connected. */
export interface Durable<T extends SseMessageInit = SseMessageInit> {
  /**
   * Starts the answer of an id when its first client subscribes. If the id already has an answer, the client receives
   * that one, and the source is not subscribed. Once started, the source runs until it ends or `stop` is called. The
   * log of the answer retains its messages and its end or failure.
   *
   * @param id - The id of the answer, for example a `crypto.randomUUID()`. A client that can guess it can read the
   *   answer.
   * @param source - The messages, or a function that is called once to create them. Their own ids are replaced.
   * @returns A source for `toSseResponse`. A client with a Last-Event-ID has received a part of an answer already, so
   *   that it starts no other one: as with `follow`, it errors with `StreamGapError` if that answer is no longer
   *   stored.
   */
  run(id: string, source: StreamSource<T> | (() => StreamSource<T>)): (lastEventId?: string) => Observable<T>;
  /**
   * Reads an answer from its start, or from after the Last-Event-ID, and continues with new messages until its end.
   *
   * @returns A source for `toSseResponse`. It completes with the answer, and errors
   *   - with the error of the source,
   *   - with `StreamGapError` if no answer is stored under the id: it was not started, or its time to live is over,
   *   - with `StreamGapError` if the log no longer retains the messages that follow the Last-Event-ID or, without one,
   *     the first messages.
   */
  follow(id: string): (lastEventId?: string) => Observable<T>;
  /**
   * Stops an answer immediately: unsubscribes its source, and completes it for its clients, too. It is stored like an
   * answer that has completed.
   *
   * @returns An Observable that emits whether there was an answer that had not ended. The answer is stopped even
   *   without a subscription. With an engine the Observable emits, or errors, when the engine has replied.
   */
  stop(id: string): Observable<boolean>;
}

const RULES = { from: 'start', onGap: 'error', isWhole: true } as const;

/**
 * Creates answers that outlive their requests. The source of an answer continues while its client reloads the page or
 * is disconnected, and the client reads the answer again from its start, or from after the last message it has
 * received.
 *
 * ```
 * source:                --a--b--c--------d--|
 * run, aborted at 6:     --a--b!
 * follow at 9:           ---------(abc)---d--|
 * ```
 *
 * For as long as the answer of an id is stored, its source is subscribed only once, so that a failed answer can only be
 * retried under another id. Any number of clients read an answer, each at its own pace, from the log of the answer.
 * With the option `awaitFirst` of `toSseResponse` a gap is answered with status 410, so that the client does not
 * reconnect.
 *
 * Throws a `TypeError` if `logs` are not `MessageLogs`. The three methods throw a `TypeError` if an id is empty or not
 * a string.
 *
 * @param logs - Logs that store the answers. The default, `memoryLogs()`, stores them in this process, until five
 *   minutes after their end.
 *
 * @example
 * ```ts
 * import { interval, map, take } from 'rxjs';
 * import { durable, toSseResponse } from 'rxjs-http-streams';
 *
 * const answers = durable();
 * const token$ = interval(100).pipe(
 *   take(50),
 *   map((n) => ({ data: `token ${n}` })),
 * );
 *
 * export const POST = (request: Request, id: string) =>
 *   toSseResponse(
 *     answers.run(id, () => token$),
 *     { request },
 *   );
 * export const GET = (request: Request, id: string) =>
 *   toSseResponse(answers.follow(id), { request, awaitFirst: true });
 * export const DELETE = (_request: Request, id: string) => {
 *   answers.stop(id);
 *   return new Response(null, { status: 204 });
 * };
 * ```
 */
export function durable<T extends SseMessageInit = SseMessageInit>(
  logs: MessageLogs<T> = memoryLogs(),
): Durable<T> {
  check('logs', logs, someLogs);
  const client = (tail$: Observable<Tail<T>>, lastEventId: string | undefined): Observable<T> =>
    feedClient(new SharedTail(tail$), RULES, lastEventId || undefined);

  return {
    run: (id, source) => {
      check('id', id, aName);
      check('source', source, aFeedSource);
      return (lastEventId) =>
        client(lastEventId ? foundTail(logs, id, lastEventId) : startedTail(logs, id, source), lastEventId);
    },
    follow: (id) => {
      check('id', id, aName);
      return (lastEventId) => client(foundTail(logs, id, lastEventId), lastEventId);
    },
    stop: (id) => {
      check('id', id, aName);
      // Stops even if the result is not subscribed.
      const resultSubject = new AsyncSubject<boolean>();
      defer(() => observed(logs.stop(id)))
        .pipe(first())
        .subscribe(resultSubject);
      return resultSubject.asObservable();
    },
  };
}
