import { Subject, asyncScheduler } from 'rxjs';
import type { Subscription } from 'rxjs';
import { checkOptions } from '../options/rules';
import { MEMORY_LOGS } from '../options/feeds';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { MessageLog } from './log';
import type { LogClaim, MessageLogs } from './logs';
import { memoryLog } from './memoryLog';

/** Options of {@link memoryLogs}. */
export interface MemoryLogsConfig {
  /**
   * Milliseconds for which an answer is stored after it has completed, failed or been stopped. The timer does not keep
   * the process alive.
   *
   * @defaultValue `300_000`, five minutes
   */
  ttl?: number | undefined;
  /**
   * Number of messages that are retained of each answer. A client that begins at the start of a longer answer gets a
   * `StreamGapError`.
   *
   * @defaultValue 100 000
   */
  bufferSize?: number | undefined;
  /**
   * Bytes of messages that are retained of each answer, measured as blocks of an event stream.
   *
   * @defaultValue 16 MiB
   */
  bufferBytes?: number | undefined;
}

/** The log of an answer, and the function that stops its publisher. */
interface StoredAnswer<T extends SseMessageInit> {
  readonly log: MessageLog<T>;
  /** Removed once the answer has ended. */
  stop?: (() => void) | undefined;
}

/**
 * Creates logs in the memory of this process, one for each answer of `durable`. A restart loses them, and other
 * processes cannot read them.
 *
 * The logs answer synchronously, and the time to live follows the clock of RxJS, so that `durable` runs under a
 * `TestScheduler`. Throws a `TypeError` if an option is out of bounds.
 *
 * @example
 * ```ts
 * import { durable, memoryLogs } from 'rxjs-http-streams';
 *
 * const answers = durable(memoryLogs({ ttl: 60_000 }));
 * ```
 */
export function memoryLogs<T extends SseMessageInit = SseMessageInit>(
  config: MemoryLogsConfig = {},
): MessageLogs<T> {
  checkOptions('config', config, MEMORY_LOGS);
  const { ttl = 300_000, bufferSize = 100_000, bufferBytes = 16 * 1024 * 1024 } = config;
  const answers = new Map<string, StoredAnswer<T>>();

  /** Deletes an answer after its time to live. In Node the timer is unreferenced, so that the process can exit. */
  const deleteLater = (id: string): void => {
    const timer = asyncScheduler.schedule(() => {
      answers.delete(id);
    }, ttl) as Subscription & { readonly id?: { readonly unref?: () => void } };
    timer.id?.unref?.();
  };

  const begin = (id: string): LogClaim<T> => {
    const log = memoryLog<T>({ bufferSize, bufferBytes });
    const stopSubject = new Subject<void>();
    const stored: StoredAnswer<T> = {
      log: {
        ...log,
        append: (messages, end) => {
          const ids = log.append(messages, end);
          if (end) {
            stored.stop = undefined;
            deleteLater(id);
          }
          return ids;
        },
      },
      stop: () => {
        stopSubject.next();
      },
    };
    answers.set(id, stored);
    return { log: stored.log, stopped: stopSubject.asObservable() };
  };

  return {
    claim: (id) => {
      const stored = answers.get(id);
      return [stored ? { log: stored.log } : begin(id)];
    },
    find: (id) => [answers.get(id)?.log],
    stop: (id) => {
      const stop = answers.get(id)?.stop;
      stop?.();
      return [stop !== undefined];
    },
  };
}
