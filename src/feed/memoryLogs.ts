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
   * Time for which an answer is held after it has ended, however it did, in milliseconds. It does not keep a process
   * alive.
   *
   * @defaultValue 300 000, five minutes
   */
  ttl?: number | undefined;
  /**
   * Number of messages that are held of each answer. A client that begins at the start of a longer one has a gap.
   *
   * @defaultValue 100 000
   */
  bufferSize?: number | undefined;
  /**
   * Bytes of messages that are held of each answer, as they are encoded for an event stream.
   *
   * @defaultValue 16 MiB
   */
  bufferBytes?: number | undefined;
}

/** An answer that is held. */
interface Held<T extends SseMessageInit> {
  readonly log: MessageLog<T>;
  /** Unset once the answer has ended. */
  stop?: (() => void) | undefined;
}

/**
 * Logs in the memory of this process, one for each answer of `durable`: a restart loses them, and another process
 * does not know them.
 *
 * They answer at once, and count the time to live by the clock of RxJS, so that `durable` runs under a `TestScheduler`.
 * Throws a `TypeError` when an option is out of its bounds.
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
  const answers = new Map<string, Held<T>>();

  /** A timer of RxJS is one of Node inside, which would keep a process from its end until all answers are deleted. */
  const forgetLater = (id: string): void => {
    const timer = asyncScheduler.schedule(() => {
      answers.delete(id);
    }, ttl) as Subscription & { readonly id?: { readonly unref?: () => void } };
    timer.id?.unref?.();
  };

  const begin = (id: string): LogClaim<T> => {
    const log = memoryLog<T>({ bufferSize, bufferBytes });
    const stopSubject = new Subject<void>();
    const held: Held<T> = {
      log: {
        ...log,
        append: (messages, end) => {
          const ids = log.append(messages, end);
          if (end) {
            held.stop = undefined;
            forgetLater(id);
          }
          return ids;
        },
      },
      stop: () => {
        stopSubject.next();
      },
    };
    answers.set(id, held);
    return { log: held.log, stopped: stopSubject.asObservable() };
  };

  return {
    claim: (id) => {
      const held = answers.get(id);
      return [held ? { log: held.log } : begin(id)];
    },
    find: (id) => [answers.get(id)?.log],
    stop: (id) => {
      const stop = answers.get(id)?.stop;
      stop?.();
      return [stop !== undefined];
    },
  };
}
