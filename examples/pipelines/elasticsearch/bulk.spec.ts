// The recipe beside the official client: the same documents to the same server, and the same results.
import { Client } from '@elastic/elasticsearch';
import { lastValueFrom, of, toArray } from 'rxjs';
import { fromNdjsonFetch, toChunkedResponse, toNdjsonResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { TOO_MUCH } from '../../../spec/support/flood';
import { pulledFlood } from '../../../spec/support/pulledFlood';
import { record } from '../../../spec/support/recording';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { httpServer } from '../../../spec/support/httpServer';
import { webServer } from '../../../spec/support/webServer';
import { bulk } from './bulk';
import type { Stored } from './bulk';
import { bulkServer } from './bulkServer';
import type { Received } from './bulkServer';
import { inBatches } from './inBatches';

forbidUnhandledRejections();

interface Price {
  readonly share: string;
  readonly price: unknown;
}

const prices = (count: number): Price[] =>
  Array.from({ length: count }, (_, n) => ({ share: `S${n}`, price: n % 7 === 3 ? 'unknown' : n }));

const listening = async (received: Received[] = []): Promise<{ node: string; received: Received[] }> => {
  const answer = bulkServer(received);
  const { url } = await httpServer((request, response) => void answer(request, response));
  return { node: url.slice(0, -1), received };
};

describe('bulk', () => {
  it('sends what the official client sends, and has its results', async () => {
    const { node, received } = await listening();
    const rows = prices(20);
    const dropped: unknown[] = [];
    const stored: unknown[] = [];
    const client = new Client({ node });
    await client.helpers.bulk<Price>({
      datasource: rows,
      onDocument: () => ({ index: { _index: 'prices' } }),
      onDrop: ({ document, status, error }) => dropped.push({ row: document, status, error }),
      onSuccess: ({ document }) => stored.push(document),
    });
    await client.close();

    const results = await lastValueFrom(bulk<Price>(node, 'prices')(rows));

    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(results.map(({ row }) => row)).toEqual(rows);
    const refused = results.filter(({ status }) => status >= 400);
    expect(refused).toMatchObject(dropped);
    expect(refused).toHaveLength(dropped.length);
    expect(results.filter(({ error }) => !error).map(({ row }) => row)).toEqual(stored);
  });

  it('is an error where an item is missing, or the request is refused', async () => {
    const short = await httpServer((_request, response) => response.end('{"errors":false,"items":[]}'));
    const full = await httpServer((_request, response) => response.writeHead(429).end());
    const [few, refused] = [short, full].map(({ url }) =>
      record(bulk(url.slice(0, -1), 'prices')(prices(2))),
    );
    await Promise.all([few?.ended(), refused?.ended()]);
    expect(few?.error).toEqual(new Error('2 rows, 0 results'));
    expect(refused?.error).toMatchObject({ name: 'HttpStatusError', status: 429 });
  });
});

describe('inBatches', () => {
  it('gives each row of a reader its own result, by requests that have many rows', async () => {
    const { node, received } = await listening();
    const rows = prices(1_000);
    const source = await webServer((request) => toNdjsonResponse(rows, { request }));

    const results = await lastValueFrom(
      fromNdjsonFetch<Price, Stored<Price>>(source.url, {
        project: inBatches(bulk(node, 'prices')),
        concurrent: 100,
      }).pipe(toArray()),
    );

    expect(results.map(({ row }) => row)).toEqual(rows);
    expect(results.every(({ row, status }) => status === (typeof row.price === 'number' ? 201 : 400))).toBe(
      true,
    );
    const sizes = received.map(({ body }) => body.trimEnd().split('\n').length / 2);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(rows.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    // Not a request for each row.
    expect(received.length).toBeLessThan(rows.length / 20);
  });

  it('holds the source back, and leaves both servers', async () => {
    const flood = pulledFlood();
    const source = await webServer((request) => toChunkedResponse(flood.source, { request }));
    const silent = await httpServer((request) => request.resume());
    const seen = record(
      fromNdjsonFetch<string>(source.url, {
        project: inBatches(bulk(silent.url.slice(0, -1), 'texts')),
        concurrent: 2,
      }),
    );
    await silent.exchange(1);
    await flood.heldBack();
    expect(flood.pulled()).toBeLessThan(TOO_MUCH);
    seen.subscription.unsubscribe();
    await silent.disconnected(1);
    await flood.left;
    expect(silent.exchanges.length).toBeLessThanOrEqual(2);
  });

  it('is one error for all rows of a batch', async () => {
    const refused = new Error('refused');
    const project = inBatches<number, number>(() => {
      throw refused;
    });
    const seen = [1, 2].map((row) => record(project(row)));
    await Promise.all(seen.map((one) => one.ended()));
    expect(seen.map(({ error }) => error)).toEqual([refused, refused]);
  });

  it('forgets a row that is left before its batch is sent', async () => {
    const sent: (readonly number[])[] = [];
    const project = inBatches<number, number>((rows) => {
      sent.push(rows);
      return of(rows);
    });
    record(project(1)).subscription.unsubscribe();
    const seen = record(project(2));
    await seen.ended();
    expect({ sent, values: seen.values }).toEqual({ sent: [[2]], values: [2] });
  });
});
