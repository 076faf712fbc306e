import { Subject, tap } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { check, checkOptions } from '../options/rules';
import { ASYNC_ITERABLE, aSource } from '../options/table';
import { Fifo } from './fifo';
import { observed } from './nativeObservable';
import type { StreamSource } from './nativeObservable';
import { pullOf, whenWanted } from './pullable';

/** Options of {@link toAsyncIterable}. */
export interface AsyncIterableConfig {
  /**
   * How many values may wait for the loop; over it the loop throws a `StreamOverflowError` after those that wait.
   * `Infinity` for no limit.
   *
   * @defaultValue 100 000
   */
  maxBuffered?: number | undefined;
  /**
   * Bytes that may wait for the loop; over it the loop throws a `StreamOverflowError` after those that wait.
   * A character of text counts as one, and a value that is neither text nor bytes as 64, whatever it holds. `Infinity`
   * for no limit.
   *
   * @defaultValue 16 MiB
   */
  maxBufferedBytes?: number | undefined;
}

/** The size that is assumed of a value which is neither text nor bytes. */
const OBJECT_SIZE = 64;

const SETTLED = /* @__PURE__ */ Promise.resolve();

/** A `next()` that no value has answered yet. */
interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Turns an Observable into an async iterable, for `for await`, `Readable.from` and `pipeline`.
 *
 * Each loop subscribes on its own, when it asks for its first value. Leaving the loop unsubscribes at once, which
 * aborts a request, also while the loop waits for a value.
 *
 * A **reader** (`fromNdjsonFetch`, `fromEventSource`, `fromChunkedFetch`) is pulled when it is passed as it is: the
 * next chunk of the response is read when the loop has taken all values of the one before, and asks for more. The
 * server is held back, memory stays flat for any length, and the limits do not apply to the values of a chunk. With
 * `project` no row is projected before the loop asks for it; what one projection gives at once is not counted either.
 * A filter is a `project`, too: `project: (row) => (row.ok ? [row] : [])`. A reader that reconnects does so here.
 *
 * **Any other Observable**, a reader behind an operator included, pushes its values. They wait for the loop, up to
 * `maxBuffered` and `maxBufferedBytes`.
 *
 * The loop ends when the source completes. It throws, after all values before:
 *
 * - what the source errors with;
 * - `StreamOverflowError` when more waits than may.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { fromChunkedFetch, toAsyncIterable } from 'rxjs-http-streams';
 *
 * for await (const text of toAsyncIterable(fromChunkedFetch('https://example.com/story.txt'))) {
 *   process.stdout.write(text);
 *   if (text.includes('The End')) break; // the request is aborted
 * }
 * ```
 */
export function toAsyncIterable<T>(
  source: StreamSource<T>,
  config: AsyncIterableConfig = {},
): AsyncIterable<T> {
  check('source', source, aSource);
  checkOptions('config', config, ASYNC_ITERABLE);
  const { maxBuffered = 100_000, maxBufferedBytes = 16 * 1024 * 1024 } = config;
  return { [Symbol.asyncIterator]: () => iterate(source, maxBuffered, maxBufferedBytes) };
}

function iterate<T>(
  source: StreamSource<T>,
  maxBuffered: number,
  maxBufferedBytes: number,
): AsyncIterator<T, undefined> {
  const values = new Fifo<T>();
  const waiting = new Fifo<Waiting<T>>();
  const askedSubject = new Subject<void>();
  const room = whenWanted(() => waiting.size > 0, askedSubject);
  const pull = pullOf<T>(source);
  let bytes = 0;
  /** A `next()` of the loop has just been answered: what comes with that value could not have been held back. */
  let answering = false;
  let subscription: Subscription | undefined;
  /** How it ended, once it has; the error is thrown once. */
  let end: { readonly error?: unknown } | undefined;

  const answer = ({ resolve, reject }: Waiting<T>): void => {
    if (values.size > 0) {
      const value = values.shift();
      bytes -= sizeOf(value);
      resolve({ done: false, value });
    } else if (end && 'error' in end) {
      const { error } = end;
      end = {};
      reject(error);
    } else {
      resolve({ done: true, value: undefined });
    }
  };

  const finish = (how: { readonly error?: unknown }): void => {
    end ??= how;
    while (waiting.size > 0) answer(waiting.shift());
  };

  const checkRoom = (size: number): void => {
    if (answering) return;
    if (values.size >= maxBuffered) throw new StreamOverflowError('maxBuffered', maxBuffered, values.size);
    // The loop waits for what comes first while the source is being subscribed.
    if (bytes + size > maxBufferedBytes && (subscription || values.size > 0)) {
      throw new StreamOverflowError('maxBufferedBytes', maxBufferedBytes, bytes);
    }
  };

  const subscribe = (): Subscription =>
    (pull ? pull({ room, turn: room }) : observed(source))
      .pipe(
        tap((value) => {
          const size = sizeOf(value);
          if (waiting.size === 0) checkRoom(size);
          bytes += size;
        }),
      )
      .subscribe({
        next: (value) => {
          values.push(value);
          if (waiting.size === 0) return;
          if (pull && !answering) {
            answering = true;
            void SETTLED.then(() => {
              answering = false;
            });
          }
          answer(waiting.shift());
        },
        error: (error: unknown) => {
          finish({ error });
        },
        complete: () => {
          finish({});
        },
      });

  const leave = (): void => {
    subscription?.unsubscribe();
    values.clear();
    bytes = 0;
    end = {};
    finish(end);
  };

  return {
    next() {
      if (!end) subscription ??= subscribe();
      return new Promise((resolve, reject) => {
        if (values.size > 0 || end) {
          answer({ resolve, reject });
        } else {
          waiting.push({ resolve, reject });
          askedSubject.next();
        }
      });
    },
    return() {
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error: unknown) {
      leave();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it is, like a generator
      return Promise.reject(error);
    },
  };
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : OBJECT_SIZE;
}
