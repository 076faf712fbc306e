import { Observable, ReplaySubject, defer, filter, of, share, takeUntil, timer } from 'rxjs';
import type { ObservableInput, ShareConfig } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { check, checkOptions } from '../options/rules';
import { RESUMABLE, aLog } from '../options/feeds';
import { aSource } from '../options/values';
import type { SseMessageInit } from '../protocol/sseMessage';
import { appendTo } from './appendTo';
import { feedClient } from './feedClient';
import type { LogEnd, MessageLog } from './log';
import { memoryLog } from './memoryLog';
import type { MemoryLogConfig } from './memoryLog';
import { SharedTail } from './sharedTail';
import { tailOf } from './tail';
import type { Tail } from './tail';

/**
 * Options of {@link resumable}. Those of `MemoryLogConfig`, `ids` and `resetOnRefCountZero` are about a source, not a
 * log.
 */
export interface ResumableConfig<
  T extends SseMessageInit,
  G extends SseMessageInit = T,
> extends MemoryLogConfig {
  /**
   * What becomes of messages without an id. `'log'`: they get one of the log, `<epoch>-<n>`, and are held as all
   * others. `'source'`: they reach whoever is live, and are not held. Messages with an id keep it in both.
   *
   * @defaultValue `'log'`
   */
  ids?: 'log' | 'source' | undefined;
  /**
   * Where a client begins that has no Last-Event-ID: `'now'` with what comes, or at the `'start'` of what is held.
   *
   * @defaultValue `'now'`
   */
  from?: 'now' | 'start' | undefined;
  /**
   * What a client gets whose Last-Event-ID is not held, or that has fallen out of what is held: `'error'` a
   * `StreamGapError`; `'replay'` all that is held; or a function what it returns, a snapshot say, which has to
   * complete. The stream goes on after the newest message of the snapshot that is held, else with what came since the
   * snapshot began; where that is not held any more, with a `StreamGapError`.
   *
   * @defaultValue `'error'`
   */
  onGap?: 'error' | 'replay' | ((lastEventId: string) => ObservableInput<G>) | undefined;
  /**
   * What becomes of the source when its last client has left, as in `share`. By default it goes on for 60 s, so that a
   * lone client that is away for a moment loses nothing; a server that shuts down ends it with `takeUntil`.
   */
  resetOnRefCountZero?: ShareConfig<T>['resetOnRefCountZero'] | undefined;
}

/**
 * One source of messages for many clients, each of which continues exactly after the last message it has seen.
 *
 * The source is subscribed with the first client, and shared. What it emits is held in a log, the last `bufferSize`
 * messages, each under an id. A client without a Last-Event-ID starts live, and is told at once after which id, so
 * that one that is cut off before its first message loses nothing. A log of the application is served as well,
 * whoever fills it.
 *
 * ```
 * source:   --1--2--3--4--
 * first:    --1--2--3--4--
 * '1' at 9: ---------(23)4--
 * ```
 *
 * Gives what `toSseResponse` takes as a source: a function of the Last-Event-ID. A body holds nothing for a slow
 * client of it but a place in the log: `maxBufferedBytes` and `overflow` have no part in it. Behind an operator its
 * Observables push.
 *
 * They complete with the source and error with it, for good: a client that comes later gets what it has missed, and
 * the end. With `awaitFirst` that end is a 204, or 410 after a failure, so that no client comes back to it. They
 * error with `StreamGapError` as `onGap` says, and with what `onGap` errors with. When the source is to go on after a
 * failure, it is the source that retries. Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { resumable, toSseResponse } from 'rxjs-http-streams';
 *
 * const feed = resumable(interval(1_000).pipe(map((n) => ({ data: { n } }))));
 * export const GET = (request: Request) => toSseResponse(feed, { request });
 * ```
 */
export function resumable<T extends SseMessageInit, G extends SseMessageInit = T>(
  source: StreamSource<T> | MessageLog<T>,
  config: ResumableConfig<T, G> = {},
): (lastEventId?: string) => Observable<T | G> {
  const isLog = aLog.allows(source);
  if (!isLog) check('source', source, aSource);
  checkOptions('config', config, RESUMABLE);
  const { from = 'now', onGap = 'error' } = config;
  const tail$ = isLog ? tailOf(source as MessageLog<T>) : loggedTail(source as StreamSource<T>, config);
  const shared = new SharedTail<T | G>(tail$);
  const rules = { from, onGap };
  return (lastEventId) => feedClient(shared, rules, lastEventId || undefined);
}

/** The tail of a log in memory, to which a source is appended from the first client on. */
function loggedTail<T extends SseMessageInit>(
  source: StreamSource<T>,
  config: Omit<ResumableConfig<T>, 'onGap'>,
): Observable<Tail<T>> {
  const { ids = 'log', resetOnRefCountZero: reset = () => timer(60_000) } = config;
  /** The source has ended. What is held, and the end, are for those who come later. */
  const overSubject = new ReplaySubject<void>(1);
  const logged$ = new Observable<Tail<T>>((subscriber) => {
    const log = memoryLog<T>(config);
    let tail: Tail<T> | undefined;
    const end = (how: LogEnd): void => {
      overSubject.next();
      void log.append([], how);
    };
    subscriber.add(
      tailOf(log).subscribe({
        next: (own) => {
          tail = own;
          subscriber.next(own);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
    const held$ = defer(() => observed(source)).pipe(
      filter((message) => {
        if (ids === 'log' || message.id) return true;
        tail?.pass(message);
        return false;
      }),
      appendTo(log, { ends: false }),
    );
    subscriber.add(
      held$.subscribe({
        error: (error: unknown) => {
          end({ failed: true, error });
        },
        complete: () => {
          end({ failed: false });
        },
      }),
    );
  });
  return logged$.pipe(
    share({
      connector: () => new ReplaySubject(1),
      resetOnRefCountZero:
        reset !== false &&
        (() => defer(() => (reset === true ? of(reset) : reset())).pipe(takeUntil(overSubject))),
    }),
  );
}
