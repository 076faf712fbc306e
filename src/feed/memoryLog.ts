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
   * Number of messages that are held.
   *
   * @defaultValue 1 000
   */
  bufferSize?: number | undefined;
  /**
   * Bytes of messages that are held, as blocks of an event stream, a character counting as one. The newest message is
   * held whatever its size. The objects of the messages come on top.
   *
   * @defaultValue 64 MiB
   */
  bufferBytes?: number | undefined;
}

/**
 * A log in the memory of this process: the newest messages, within two limits.
 *
 * A message without an id gets one of the log, `<epoch>-<n>`: `n` counts the messages, and the epoch is unlike that
 * of any other log and process. So an id of another life is not found, rather than found at a wrong place. A message
 * with an id keeps it; such ids must not be used again for another message after a restart.
 *
 * The log answers at once and keeps no time, so that whatever is built on it runs under a `TestScheduler`. A message
 * that cannot be sent is held, too: it fails the bodies that come to it. `append` throws an `Error` once the log has
 * ended, and a `TypeError` for anything but an object. `memoryLog` throws a `TypeError` when an option is out of its
 * bounds.
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
  const held = new Fifo<Block<T>>();
  /** How many were held before the oldest that still is. */
  let gone = 0;
  let bytes = 0;
  /** How many were held before the one with an id, the last one where it was repeated. */
  const places = new Map<string, number>();
  let epoch: string | undefined;
  let end: LogEnd | undefined;
  /** The id before the oldest message that is held: who has that one has missed nothing. */
  let base: string | undefined;
  let last: string | undefined;

  // Late, because some platforms have no randomness while modules are loaded.
  const idOf = (n: number): string => `${(epoch ??= newEpoch())}-${n}`;
  const start = (): string => (base ??= idOf(0));

  const hold = (block: Block<T>): string => {
    const { id = '' } = block.message;
    last = id;
    places.set(id, gone + held.size);
    held.push(block);
    bytes += block.size;
    while (held.size > bufferSize || (bytes > bufferBytes && held.size > 1)) drop();
    return id;
  };

  const drop = (): void => {
    const block = held.shift();
    const { id = '' } = block.message;
    bytes -= block.size;
    if (places.get(id) === gone) places.delete(id);
    base = id;
    gone++;
  };

  return {
    append(messages, ending) {
      if (end) throw new Error('The log has ended, and takes no more messages');
      start();
      const blocks = messages.map((message, index) => {
        check(`message ${index}`, message, anObject);
        return new Block(
          message.id ? message : { ...message, id: idOf(gone + held.size + index + 1) },
          index,
        );
      });
      end = ending;
      const ids = blocks.map(hold);
      changeSubject.next();
      return [ids];
    },
    read(after, limit) {
      const known = after === undefined ? undefined : places.get(after);
      const place = known === undefined ? gone : known + 1;
      const isGap = known === undefined && (after === undefined ? gone > 0 : after !== start());
      const blocks = held.slice(place - gone, place - gone + limit);
      const page: BlockPage<T> = {
        messages: blocks.map(({ message }) => message),
        blocks,
        isGap,
        end: place + blocks.length === gone + held.size ? end : undefined,
      };
      return [page];
    },
    head: () => [last ?? start()],
    changes: changeSubject.asObservable(),
  };
}
