import { check, checkOptions } from '../options/rules';
import { ASYNC_ITERABLE } from '../options/adapters';
import { aSource } from '../options/values';
import type { StreamSource } from '../flow/observed';
import { asyncIterator } from './asyncIterator';

/** Options of {@link toAsyncIterable}. */
export interface AsyncIterableConfig {
  /**
   * Most values that may be buffered for the loop. Over the limit the loop throws a `StreamOverflowError` after the
   * buffered values. `Infinity` sets no limit.
   *
   * @defaultValue 100 000
   */
  maxBuffered?: number | undefined;
  /**
   * Most bytes that may be buffered for the loop. Over the limit the loop throws a `StreamOverflowError` after the
   * buffered values. A character of text counts as one byte, and a value that is neither text nor bytes as 64.
   * `Infinity` sets no limit.
   *
   * @defaultValue 16 MiB
   */
  maxBufferedBytes?: number | undefined;
}

/**
 * Converts an Observable to an async iterable, for `for await` and `Readable.from`, which a `pipeline` takes.
 *
 * Each loop makes its own subscription when it requests its first value. Leaving the loop unsubscribes at once, also
 * while a value is pending, and so aborts a request.
 *
 * A **reader** (`fromNdjsonFetch`, `fromEventSource`, `fromChunkedFetch`) that is passed directly is pulled. It reads
 * the next chunk of the response only when the loop has taken all values of the chunk before and requests more. So the
 * server has back-pressure, and memory stays flat for a response of any length. The limits do not apply to the values
 * of one chunk. With `project`, no row is projected before the loop requests it, and the limits do not apply to the
 * values that one projection emits synchronously. Filter by a `project`, too: `project: (row) => (row.ok ? [row] :
 * [])`. A reader that reconnects also does so in a loop.
 *
 * **Any other Observable** pushes its values, also a reader behind an operator. The values are buffered, up to
 * `maxBuffered` and `maxBufferedBytes`.
 *
 * The loop ends when the source completes. After all values before it, the loop throws
 *
 * - the error of the source;
 * - `StreamOverflowError` if more values are buffered than the limits allow.
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
