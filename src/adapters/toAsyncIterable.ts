import { check, checkOptions } from '../options/rules';
import { ASYNC_ITERABLE, aSource } from '../options/table';
import type { StreamSource } from '../flow/observed';
import { asyncIterator } from './asyncIterator';

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
  return { [Symbol.asyncIterator]: () => asyncIterator(source, maxBuffered, maxBufferedBytes) };
}
