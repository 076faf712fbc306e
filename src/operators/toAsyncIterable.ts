import { tap } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { check, checkOptions } from '../options/rules';
import { ASYNC_ITERABLE, aSource } from '../options/table';
import { Fifo } from './fifo';
import { observed } from './nativeObservable';
import type { StreamSource } from './nativeObservable';

/** Options of {@link toAsyncIterable}. */
export interface AsyncIterableConfig {
  /**
   * How many values may wait for the loop; over it the loop throws a `StreamOverflowError` after those that wait.
   * 100 000 if omitted, `Infinity` for no limit.
   */
  maxBuffered?: number | undefined;
}

/** A `next()` that no value has answered yet. */
interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An Observable for `for await`.
 *
 * Each loop subscribes on its own, when it asks for its first value; leaving it unsubscribes at once, which aborts a
 * request. What the source emits faster than the loop takes waits, up to `maxBuffered`: an Observable cannot be held
 * back by a loop. To hold a server back, use the `project` of the readers.
 *
 * The loop ends when the source completes, and throws when it errors, after all that it gave; or with
 * `StreamOverflowError`. Throws a `TypeError` when an option is out of its bounds.
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
  const { maxBuffered = 100_000 } = config;
  return { [Symbol.asyncIterator]: () => iterate(source, maxBuffered) };
}

function iterate<T>(source: StreamSource<T>, maxBuffered: number): AsyncIterator<T, undefined> {
  const values = new Fifo<T>();
  const waiting = new Fifo<Waiting<T>>();
  let subscription: Subscription | undefined;
  /** How it ended, once it has; the error is thrown once. */
  let end: { readonly error?: unknown } | undefined;

  const answer = ({ resolve, reject }: Waiting<T>): void => {
    if (values.size > 0) {
      resolve({ done: false, value: values.shift() });
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

  const subscribe = (): Subscription =>
    observed(source)
      .pipe(
        tap(() => {
          if (values.size < maxBuffered) return;
          throw new StreamOverflowError('maxBuffered', maxBuffered, values.size);
        }),
      )
      .subscribe({
        next: (value) => {
          values.push(value);
          if (waiting.size > 0) answer(waiting.shift());
        },
        error: (error: unknown) => {
          finish({ error });
        },
        complete: () => {
          finish({});
        },
      });

  return {
    next() {
      if (!end) subscription ??= subscribe();
      return new Promise((resolve, reject) => {
        if (values.size > 0 || end) answer({ resolve, reject });
        else waiting.push({ resolve, reject });
      });
    },
    return() {
      subscription?.unsubscribe();
      values.clear();
      end = {};
      finish(end);
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
