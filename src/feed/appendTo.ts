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
   * Whether the end of the source also ends the log, permanently and for all its clients. Set it to `false` if another
   * publisher continues the log. Unsubscribing never ends the log.
   *
   * @defaultValue `true`
   */
  ends?: boolean | undefined;
  /**
   * Bytes of messages that may be buffered while the log is slower than the source, measured as blocks of an event
   * stream, where a character counts as one byte.
   *
   * @defaultValue 8 MiB
   */
  maxBufferedBytes?: number | undefined;
}

/**
 * Publishes messages to a log, in order and each once. Messages that arrive during an append are buffered, and appended
 * together afterwards.
 *
 * ```
 * source: --a-----b--c--|
 *         appendTo(log)
 * output: --1a----2b-3c-|
 * ```
 *
 * Emits each message with its id once the log has stored it. Completes when the source has completed and the log has
 * stored all messages and the end. Unsubscribing stops the source and does not change the log.
 *
 * Errors:
 *
 * - with the error of the source, once the log has stored it as its end,
 * - with the error of the log,
 * - with `StreamOverflowError` if more than `maxBufferedBytes` wait for the log.
 *
 * Throws a `TypeError` if `log` is not a `MessageLog`, or an option is out of bounds.
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
  // Hand-written: no operator of RxJS buffers values while a request is pending and sends them together afterwards.
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
