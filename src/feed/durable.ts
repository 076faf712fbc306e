import { AsyncSubject, Observable, defer, first, mergeMap, noop, throwError } from 'rxjs';
import { StreamGapError, quoted } from '../errors';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { check } from '../options/rules';
import { aFeedSource, someLogs } from '../options/feeds';
import { aName } from '../options/values';
import type { SseMessageInit } from '../protocol/sseMessage';
import { feedClient } from './feedClient';
import type { LogClaim, MessageLogs } from './logs';
import { memoryLogs } from './memoryLogs';
import { publish } from './publish';
import { SharedTail } from './sharedTail';
import { tailOf } from './tail';
import type { Tail } from './tail';

/** Answers by their ids, each of which is generated on whether or not a client listens. */
export interface Durable<T extends SseMessageInit = SseMessageInit> {
  /**
   * Starts an answer with its first client, unless the id has one: then it gives that one, and leaves the source
   * alone. Once started, the source goes on until it ends or is stopped, and its end or its failure is held with what
   * it has said.
   *
   * @param id - The id of the answer, a `crypto.randomUUID()` say: a client that can guess it can read the answer.
   * @param source - The messages, or a function that makes them when they are needed. Their own ids are replaced.
   * @returns What `toSseResponse` takes as a source. It errors with `StreamGapError` as `follow` does: a client with a
   *   Last-Event-ID has had a part of an answer, so that no other one is started for it.
   */
  run(id: string, source: StreamSource<T> | (() => StreamSource<T>)): (lastEventId?: string) => Observable<T>;
  /**
   * Gives an answer from its start, or from after the Last-Event-ID, and what is said from then on.
   *
   * @returns What `toSseResponse` takes as a source. It completes with the answer, and errors
   *   - with what the source has failed with,
   *   - with `StreamGapError` where no answer is held under the id: it was not started, or its time to live is over,
   *   - with `StreamGapError` where what follows the Last-Event-ID, or the beginning, is not held any more.
   */
  follow(id: string): (lastEventId?: string) => Observable<T>;
  /**
   * Stops an answer at once: unsubscribes its source, and ends it where it is, for its clients as well. It is held as
   * one that has completed.
   *
   * @returns Whether there was an answer that had not ended. The answer is stopped whether or not this is
   *   subscribed; with an engine it emits, or errors, when the engine has replied.
   */
  stop(id: string): Observable<boolean>;
}

const RULES = { from: 'start', onGap: 'error', isWhole: true } as const;

/**
 * Answers that outlive their requests: the source of one is generated on while its client reloads or is cut off, and
 * read again from its start, or from the last message that the client has.
 *
 * ```
 * source:          --a--b--c--------d--|
 * run, left at 6:  --a--b!
 * follow at 9:     ---------(abc)---d--|
 * ```
 *
 * Two runs of an id subscribe one source for as long as its answer is held: a failed answer is tried again under
 * another id. Any number of clients read an answer, each at its own pace, from a place in the log of the answer. With
 * `awaitFirst` a gap is a 410, so that no client comes back to it. Throws a `TypeError` when `logs` are none, as the
 * three functions do for an id that is empty or not a string.
 *
 * @param logs - Where the answers are held. `memoryLogs()` if omitted: in this process, for five minutes after
 *   their end.
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

  const begun = (id: string, source: StreamSource<T> | (() => StreamSource<T>)): Observable<Tail<T>> =>
    new Observable((subscriber) => {
      // The claim is not the client's: what was claimed has to be published, even if the client has left meanwhile.
      const claimSubject = new AsyncSubject<LogClaim<T>>();
      // The client has its place before there is a first message.
      subscriber.add(claimSubject.pipe(mergeMap(({ log }) => tailOf(log))).subscribe(subscriber));
      claimSubject.subscribe({
        next: (claim) => {
          publish(claim, source);
        },
        error: noop,
      });
      defer(() => observed(logs.claim(id)))
        .pipe(first())
        .subscribe(claimSubject);
    });

  const found = (id: string, lastEventId = ''): Observable<Tail<T>> =>
    defer(() => observed(logs.find(id))).pipe(
      first(),
      mergeMap((log) =>
        log
          ? tailOf(log)
          : throwError(
              () =>
                new StreamGapError({
                  lastEventId,
                  message: `No answer '${quoted(id)}' is held: it was not started here, or its time to live is over`,
                }),
            ),
      ),
    );

  return {
    run: (id, source) => {
      check('id', id, aName);
      check('source', source, aFeedSource);
      return (lastEventId) =>
        feedClient(
          new SharedTail(lastEventId ? found(id, lastEventId) : begun(id, source)),
          RULES,
          lastEventId || undefined,
        );
    },
    follow: (id) => {
      check('id', id, aName);
      return (lastEventId) =>
        feedClient(new SharedTail(found(id, lastEventId)), RULES, lastEventId || undefined);
    },
    stop: (id) => {
      check('id', id, aName);
      const toldSubject = new AsyncSubject<boolean>();
      defer(() => observed(logs.stop(id)))
        .pipe(first())
        .subscribe(toldSubject);
      return toldSubject.asObservable();
    },
  };
}
