import type { Observable, ObservableInput, ShareConfig } from 'rxjs';
import type { StreamSource } from '../flow/observed';
import { check, checkOptions } from '../options/rules';
import { RESUMABLE, aLog } from '../options/feeds';
import { aSource } from '../options/values';
import type { SseMessageInit } from '../protocol/sseMessage';
import { feedClient } from './feedClient';
import type { MessageLog } from './log';
import { loggedTail } from './loggedTail';
import type { MemoryLogConfig } from './memoryLog';
import { SharedTail } from './sharedTail';
import { tailOf } from './tail';

/**
 * Options of {@link resumable}. Those of `MemoryLogConfig`, `ids` and `resetOnRefCountZero` apply to a source, and not
 * to a log.
 */
export interface ResumableConfig<
  T extends SseMessageInit,
  G extends SseMessageInit = T,
> extends MemoryLogConfig {
  /**
   * Treatment of messages without an id. `'log'` gives them an id of the log, `<epoch>-<n>`, and retains them like all
   * others. `'source'` sends them only to clients that are live, and does not retain them. Messages with an id keep it
   * in both cases.
   *
   * @defaultValue `'log'`
   */
  ids?: 'log' | 'source' | undefined;
  /**
   * Position of a client without a Last-Event-ID: `'now'` begins with the next message, and `'start'` with the oldest
   * message that the log retains.
   *
   * @defaultValue `'now'`
   */
  from?: 'now' | 'start' | undefined;
  /**
   * Treatment of a client that has lost messages, because the log does not know its Last-Event-ID or has deleted what
   * follows it:
   *
   * - `'error'` sends it a `StreamGapError`.
   * - `'replay'` sends it all messages that the log retains.
   * - A function returns messages to send instead, for example a snapshot, and these have to complete. The client then
   *   continues after the newest message of the snapshot that the log retains or, if it retains none of them, after the
   *   message that was the newest when the snapshot began. If that has been deleted, too, the client receives a
   *   `StreamGapError`.
   *
   * @defaultValue `'error'`
   */
  onGap?: 'error' | 'replay' | ((lastEventId: string) => ObservableInput<G>) | undefined;
  /**
   * Treatment of the source when its last client disconnects, as in `share`. By default the source continues for 60 s,
   * so that a single client that reconnects loses nothing. Then the feed unsubscribes and deletes its log, and a client
   * that returns later has lost messages (see `onGap`). A server that shuts down ends the source with `takeUntil`.
   *
   * @defaultValue `() => timer(60_000)`
   */
  resetOnRefCountZero?: ShareConfig<T>['resetOnRefCountZero'] | undefined;
}

/**
 * Shares one source of messages among many clients, each of which continues exactly after the last message it has seen.
 *
 * The first client subscribes to the source. A log retains its last `bufferSize` messages, each under an id. A client
 * without a Last-Event-ID begins live, and receives the id after which it begins immediately, so that it loses nothing
 * even if it is disconnected before its first message. Instead of a source, a log of the application can be served,
 * whichever process appends to it.
 *
 * ```
 * source:   --1--2--3--4--
 * first:    --1--2--3--4--
 * '1' at 9: ---------(23)4--
 * ```
 *
 * Returns a source for `toSseResponse`: a function of the Last-Event-ID. A body reads from the log at the pace of its
 * client, and buffers no messages for a slow one, so that its options `maxBufferedBytes` and `overflow` have no effect.
 * An operator behind the returned Observable receives messages without back-pressure.
 *
 * The Observables complete with the source, and error
 *
 * - with the error of the source,
 * - with `StreamGapError` as described at `onGap`,
 * - with the error of the Observable that `onGap` returns.
 *
 * The end of the source is permanent: a client that connects later receives the messages it has missed, and then the
 * end. With the option `awaitFirst` of `toSseResponse` a client that has missed nothing is answered with status 204, or
 * 410 after a failure, so that it does not reconnect. A source that has to continue after a failure needs a `retry` of
 * its own. Throws a `TypeError` if an option is out of bounds.
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
