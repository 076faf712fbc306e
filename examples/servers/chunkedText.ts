import type { RequestListener } from 'node:http';
import { pipeline } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { noop } from 'rxjs';
import type { ProducerConfig } from './producerConfig';

export interface ChunkedTextConfig extends ProducerConfig {
  /** How many chunks there are. */
  count?: number | undefined;
  /** What each of them says. */
  chunk?: ((index: number) => string) | undefined;
}

/** Text from an async generator, which is pulled: a slow client slows it down, one that leaves ends it. */
export function chunkedText({
  interval = 1_000,
  count = Infinity,
  chunk = (index) => `data chunk ${index}\n`,
  onStop,
}: ChunkedTextConfig = {}): RequestListener {
  async function* generate(signal: AbortSignal): AsyncGenerator<string> {
    try {
      for (let index = 0; index < count; index++) {
        yield chunk(index);
        await setTimeout(interval, undefined, { signal });
      }
    } finally {
      onStop?.();
    }
  }

  return (_request, response) => {
    // A generator cannot be left while it waits, only woken up.
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    pipeline(generate(left.signal), response, noop);
  };
}
