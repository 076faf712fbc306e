import { setTimeout } from 'node:timers/promises';
import { toChunkedResponse } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';

export interface ChunkedTextConfig {
  /** Between two chunks, in milliseconds. */
  interval?: number | undefined;
  /** Number of chunks. */
  count?: number | undefined;
  /** Returns the text of a chunk. */
  chunk?: ((index: number) => string) | undefined;
  /** Called when the generator has ended: it had no more to say, or nobody was left to say it to. */
  onStop?: (() => void) | undefined;
}

/** Text from an async generator, which is pulled: a slow client slows it down, one that leaves ends it. */
export function chunkedText({
  interval = 1_000,
  count = Infinity,
  chunk = (index) => `data chunk ${index}\n`,
  onStop,
}: ChunkedTextConfig = {}): Handler {
  async function* generate(signal: AbortSignal): AsyncGenerator<string> {
    try {
      for (let index = 0; index < count; index++) {
        yield chunk(index);
        // A generator cannot be left while it waits, only woken up.
        await setTimeout(interval, undefined, { signal });
      }
    } finally {
      onStop?.();
    }
  }

  return (request) => toChunkedResponse(generate(request.signal), { request });
}
