import { toChunkedBody } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { producer } from '../support/producer';
import { textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

/** The text that one read takes. */
const CHUNK = 'x'.repeat(64 * 1024);

it('A client that reads all the time, a tenth of what its source gives, is cut off within a minute', async () => {
  const feed = producer<string>('a');
  const { read } = textReader(toChunkedBody(feed.source));
  const reading = async (): Promise<void> => {
    for (let time = 0; time < 60_000; time += 25) {
      // 25 MiB a second, of which 2.5 are taken.
      for (let count = 0; count < 10; count++) feed.next(CHUNK);
      await read();
      await elapse(25);
    }
  };
  await read();
  await expect(reading()).rejects.toMatchObject({ name: 'StreamOverflowError' });
});

it('A client that reads all the time, a tenth of what its source gives, is given the latest when the rest may be dropped', async () => {
  const feed = producer<string>();
  const { read } = textReader(
    toChunkedBody(feed.source, { maxBufferedBytes: 16 * CHUNK.length, overflow: 'drop-oldest' }),
  );
  let sent = 0;
  const lags: number[] = [];
  for (let time = 0; time < 5_000; time += 25) {
    const chunk = read();
    await elapse(0);
    for (let count = 0; count < 10; count++) feed.next(String(++sent).padEnd(CHUNK.length));
    lags.push(sent - Number(await chunk));
    await elapse(25);
  }
  expect(Math.max(...lags)).toBeLessThan(60);
  expect(Math.max(...lags.slice(10))).toBeLessThan(30);
});
