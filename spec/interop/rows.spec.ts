import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import ndjson from 'ndjson';
import ndjsonStream from 'ndjson-readablestream';
import { concat, map, range, throwError } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { fetch as undiciFetch, request as undiciRequest } from 'undici';
import { describe, expect, it } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

/** A reader of rows that somebody else wrote. */
interface RowReader {
  readonly name: string;
  readonly read: (url: string) => AsyncIterable<unknown>;
}

const readers: readonly RowReader[] = [
  {
    name: "undici's fetch and ndjson-readablestream",
    async *read(url) {
      const { body } = await undiciFetch(url);
      yield* ndjsonStream(body as ReadableStream<Uint8Array>) as AsyncIterable<unknown>;
    },
  },
  {
    name: "undici's request and ndjson",
    async *read(url) {
      const { body } = await undiciRequest(url);
      // `pipe` does not hand a failure on.
      const rows = body.pipe(ndjson.parse());
      body.on('error', (error) => rows.destroy(error));
      yield* rows as AsyncIterable<unknown>;
      body.destroy();
    },
  },
  {
    name: 'node:http and ndjson',
    async *read(url) {
      const [response] = (await once(get(url), 'response')) as [IncomingMessage];
      const rows = response.pipe(ndjson.parse());
      response.on('error', (error) => rows.destroy(error));
      try {
        yield* rows as AsyncIterable<unknown>;
      } finally {
        response.destroy();
      }
    },
  },
];

const serving = async (rows: ObservableInput<unknown>): Promise<string> =>
  (await webServer((request) => toNdjsonResponse(rows, { request }))).url;

describe.each(readers)('$name', ({ read }) => {
  it('reads each row while the next is not yet made', async () => {
    const rows = producer<unknown>({ row: 1, text: 'é\n🙂' });
    const seen: unknown[] = [];
    for await (const row of read(await serving(rows.source))) {
      seen.push(row);
      if (seen.length === 1) rows.next([2]);
      else rows.complete();
    }
    expect(seen).toEqual([{ row: 1, text: 'é\n🙂' }, [2]]);
  });

  it('reads many rows', async () => {
    let count = 0;
    // One of the readers takes the beginning of a number that is cut for a row.
    const rows = range(0, 20_000).pipe(map((row) => ({ row })));
    for await (const row of read(await serving(rows))) {
      if ((row as { row: number }).row !== count) break;
      count++;
    }
    expect(count).toBe(20_000);
  });

  it('throws when the source fails, after all rows', async () => {
    const failing = concat(
      [1, 2, 3],
      throwError(() => new Error('the secret')),
    );
    const url = await serving(failing);
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const row of read(url)) seen.push(row);
    })();
    await expect(reading).rejects.not.toThrow('secret');
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe("undici's own fetch", () => {
  it('serves as the fetch of fromNdjsonFetch', async () => {
    const rows = producer(1);
    const fetch = ((url: string, init) => undiciFetch(url, init as never)) as StreamFetch;
    const recording = record(fromNdjsonFetch(await serving(rows.source), { fetch }));
    await recording.received(1);
    rows.next(2);
    await recording.received(2);
    recording.subscription.unsubscribe();
    await rows.observedBy(0);
  });
});
