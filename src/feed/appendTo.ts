import { Observable, Subscription } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { oneAtATime } from '../flow/oneAtATime';
import { check, checkOptions } from '../options/rules';
import { APPEND_TO, aLog } from '../options/feeds';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block } from './block';
import type { LogEnd, MessageLog } from './log';

/** Options of {@link appendTo}. */
export interface AppendToConfig {
  /**
   * Whether the end of the source ends the log, too, for all its clients and for good. `false` where another
   * publisher goes on with the log: unsubscribing never ends it.
   *
   * @defaultValue `true`
   */
  ends?: boolean | undefined;
  /**
   * Bytes of messages, as blocks of an event stream, that may wait for a log which is slower than the source. A
   * character counts as one.
   *
   * @defaultValue 8 MiB
   */
  maxBufferedBytes?: number | undefined;
}

/**
 * Publishes messages to a log, in order, each once. What comes while the log is busy is appended together.
 *
 * ```
 * source: --a-----b--c--|
 *         appendTo(log)
 * output: --1a----2b-3c-|
 * ```
 *
 * Emits each message with its id once the log holds it. Completes when the source has completed and the log holds
 * everything, its end included. Errors with what the source fails with, after the log was told so; with what the log
 * fails with; and with `StreamOverflowError` when the log is slower than the source for too long. Unsubscribing stops
 * the source and leaves the log as it is. Throws a `TypeError` when the log is none, or an option is out of its
 * bounds.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { appendTo, memoryLog } from 'rxjs-http-streams';
 *
 * const log = memoryLog();
 * interval(1_000)
 *   .pipe(map((n) => ({ data: { n } })), appendTo(log))
 *   .subscribe(({ id }) => console.log(`published as ${id}`));
 * ```
 */
export function appendTo<T extends SseMessageInit>(
  log: MessageLog<T>,
  config: AppendToConfig = {},
): OperatorFunction<T, T> {
  check('log', log, aLog);
  checkOptions('config', config, APPEND_TO);
  const { ends = true, maxBufferedBytes = 8 * 1024 * 1024 } = config;
  // Hand-written: no operator of RxJS hands on what has gathered whenever the one before is done.
  return (source) =>
    new Observable((subscriber) => {
      const running = new Subscription();
      let waiting: T[] = [];
      let bytes = 0;
      let end: LogEnd | undefined;
      let isBusy = false;
      let isLast = false;

      const fail = (error: unknown): void => {
        subscriber.error(error);
      };

      let appending: readonly T[] = [];
      const append = oneAtATime<readonly string[]>(
        {
          ask: () => {
            appending = waiting;
            waiting = [];
            bytes = 0;
            isBusy = true;
            isLast = end !== undefined;
            return log.append(appending, ends ? end : undefined);
          },
          answered: (ids) => {
            isBusy = false;
            for (const [index, message] of appending.entries()) {
              const id = ids[index];
              subscriber.next(message.id === id ? message : { ...message, id });
            }
            if (!isLast) return;
            if (end?.failed) subscriber.error(end.error);
            else subscriber.complete();
          },
          failed: fail,
        },
        running,
      );

      subscriber.add(running);
      running.add(
        source.subscribe({
          next: (message) => {
            if (isBusy) bytes += new Block(message).size;
            if (bytes > maxBufferedBytes) {
              fail(
                new StreamOverflowError({ option: 'maxBufferedBytes', limit: maxBufferedBytes, size: bytes }),
              );
              return;
            }
            waiting.push(message);
            append();
          },
          error: (error: unknown) => {
            end = { failed: true, error };
            append();
          },
          complete: () => {
            end = { failed: false };
            append();
          },
        }),
      );
    });
}
