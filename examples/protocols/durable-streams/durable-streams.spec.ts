import { DurableStream } from '@durable-streams/client';
import { DurableStreamTestServer } from '@durable-streams/server';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { brokenPath } from '../../../spec/support/brokenPath';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { fromStream } from './fromStream';

forbidUnhandledRejections();

/** A stream on the official server, to which the official client appends. */
async function stream() {
  const server = new DurableStreamTestServer({ port: 0, host: '127.0.0.1' });
  await server.start();
  onTestFinished(() => server.stop());
  const numbers = await DurableStream.create({
    url: `${server.url}/numbers`,
    contentType: 'application/json',
  });
  return { server, numbers };
}

const append = (to: DurableStream, n: number): Promise<unknown> => to.append(JSON.stringify({ n }));

describe('a stream of the official server', () => {
  it('is read from its start, live, and until it is closed', async () => {
    const { numbers } = await stream();
    await append(numbers, 1);
    const seen: unknown[] = [];
    await fromStream(numbers.url).forEach((value) => {
      seen.push(value);
      void (seen.length === 1 ? append(numbers, 2) : numbers.close());
    });
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('is read on after a cut without loss', async () => {
    const { server, numbers } = await stream();
    await append(numbers, 1);
    for (let n = 2; n <= 40; n++) await append(numbers, n);
    const path = await brokenPath(server.url, (n) =>
      n > 2 ? undefined : { where: 'anywhere', after: 600 + n * 200, how: 'RST', pace: 'as it comes' },
    );
    const seen = fromStream<{ n: number }>(`${path.url}numbers`, '-1', { reconnect: { delay: 1 } });
    const read = await lastValueFrom(seen.pipe(take(40), toArray()));
    expect(read.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(path.faults).toHaveLength(2);
    await eventually(path.sockets).toBe(0);
  });
});
