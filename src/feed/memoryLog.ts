import { Subject } from 'rxjs';
import { Fifo } from '../flow/fifo';
import { anObject, check, checkOptions } from '../options/rules';
import { MEMORY_LOG } from '../options/feeds';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block } from './block';
import type { BlockPage } from './block';
import type { LogEnd, MessageLog } from './log';
import { newEpoch } from './newEpoch';

/** Options of {@link memoryLog}. */
export interface MemoryLogConfig {
  /**
   * Number of messages that the log retains.
   *
   * @defaultValue 1 000
   */
  bufferSize?: number | undefined;
  /**
   * Bytes of messages that the log retains, measured as blocks of an event stream, where a character counts as one
   * byte. The newest message is retained whatever its size. The message objects take memory in addition.
   *
   * @defaultValue 64 MiB
   */
  bufferBytes?: number | undefined;
}

/**
 * Creates a log in the memory of this process, which retains the newest messages within two limits.
 *
 * The log gives a message without an id the id `<epoch>-<n>`: `n` counts the messages, and the epoch differs in every
 * log and every process. After a restart an old id is therefore unknown to the log, instead of pointing at a wrong
 * message. A message with an id keeps it; the application must not give such an id to another message after a restart.
 *
 * The log answers synchronously and uses no timers, so that everything built on it runs under a `TestScheduler`. It
 * also stores messages that cannot be sent; they fail the bodies that reach them.
 *
 * Errors:
 *
 * - `memoryLog` throws a `TypeError` if an option is out of bounds.
 * - `append` throws an `Error` once the log has ended.
 * - `append` throws a `TypeError` if a message is not an object.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { appendTo, memoryLog, resumable, toSseResponse } from 'rxjs-http-streams';
 *
 * const log = memoryLog({ bufferSize: 10_000 });
 * interval(1_000)
 *   .pipe(map((n) => ({ data: { n } })), appendTo(log))
 *   .subscribe();
 *
 * const feed = resumable(log);
 * export const GET = (request: Request) => toSseResponse(feed, { request });
 * ```
 */
export function memoryLog<T extends SseMessageInit = SseMessageInit>(
  config: MemoryLogConfig = {},
): MessageLog<T> {
  checkOptions('config', config, MEMORY_LOG);
  const { bufferSize = 1_000, bufferBytes = 64 * 1024 * 1024 } = config;
  const changeSubject = new Subject<void>();
  const retained = new Fifo<Block<T>>();
  /** Number of messages that were deleted. */
  let deleted = 0;
  let bytes = 0;
  /** The number of the message with an id, counted from 0. If an id was repeated, the last message with it. */
  const numbers = new Map<string, number>();
  let epoch: string | undefined;
  let end: LogEnd | undefined;
  /** The id before the oldest message: a client that sends it has missed nothing. */
  let base: string | undefined;
  let last: string | undefined;

  // Created on first use: some platforms provide no randomness while modules are loaded.
  const idOf = (n: number): string => `${(epoch ??= newEpoch())}-${n}`;
  const start = (): string => (base ??= idOf(0));

  const store = (block: Block<T>): string => {
    const { id = '' } = block.message;
    last = id;
    numbers.set(id, deleted + retained.size);
    retained.push(block);
    bytes += block.size;
    while (retained.size > bufferSize || (bytes > bufferBytes && retained.size > 1)) deleteOldest();
    return id;
  };

  const deleteOldest = (): void => {
    const block = retained.shift();
    const { id = '' } = block.message;
    bytes -= block.size;
    if (numbers.get(id) === deleted) numbers.delete(id);
    base = id;
    deleted++;
  };

  return {
    append(messages, ending) {
      if (end) throw new Error('The log has ended, and takes no more messages');
      start();
      const blocks = messages.map((message, index) => {
        check(`message ${index}`, message, anObject);
        return new Block(
          message.id ? message : { ...message, id: idOf(deleted + retained.size + index + 1) },
          index,
        );
      });
      end = ending;
      const ids = blocks.map(store);
      changeSubject.next();
      return [ids];
    },
    read(after, limit) {
      const known = after === undefined ? undefined : numbers.get(after);
      const first = known === undefined ? deleted : known + 1;
      const isGap = known === undefined && (after === undefined ? deleted > 0 : after !== start());
      const blocks = retained.slice(first - deleted, first - deleted + limit);
      const page: BlockPage<T> = {
        messages: blocks.map(({ message }) => message),
        blocks,
        isGap,
        end: first + blocks.length === deleted + retained.size ? end : undefined,
      };
      return [page];
    },
    head: () => [last ?? start()],
    changes: changeSubject.asObservable(),
  };
}
