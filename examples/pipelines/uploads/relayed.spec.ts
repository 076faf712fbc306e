import { createInterface } from 'node:readline';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { lastValueFrom, toArray } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { httpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import { pulledFlood } from '../../../spec/support/pulledFlood';
import { record } from '../../../spec/support/recording';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { relayed } from './relayed';
import type { Loaded } from './relayed';

forbidUnhandledRejections();

interface Row {
  readonly id: number;
  readonly price: unknown;
}

/** Answers each line at once, with the errors of BigQuery's rows. It does not use the library. */
async function load(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  let index = 0;
  for await (const line of createInterface({ input: request })) {
    const { price } = JSON.parse(line) as Row;
    const errors = [{ reason: 'invalid', location: 'price', message: 'Cannot convert value to float' }];
    response.write(`${JSON.stringify(typeof price === 'number' ? { index } : { index, errors })}\n`);
    index++;
  }
  response.end();
}

describe('relayed', () => {
  it('gives each row its result', async () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, price: id % 7 === 3 ? 'unknown' : id }));
    const source = await webServer((request) => toNdjsonResponse(rows, { request }));
    const target = await httpServer((request, response) => void load(request, response));

    const results = await lastValueFrom(relayed<Row>(source.url, target.url).pipe(toArray()));

    expect(results.map(({ row }) => row)).toEqual(rows);
    expect(results.filter(({ errors }) => errors?.length === 1).map(({ row }) => row)).toEqual(
      rows.filter(({ price }) => typeof price !== 'number'),
    );
  });

  it('has the result of a row before the next row is there', async () => {
    const rows = producer<Row>({ id: 1, price: 1 });
    const source = await webServer((request) => toNdjsonResponse(rows.source, { request }));
    const target = await httpServer((request, response) => void load(request, response));

    const seen = record(relayed<Row>(source.url, target.url));
    await seen.received(1);
    rows.next({ id: 2, price: '?' });
    await seen.received(2);
    rows.complete();
    await seen.ended();

    expect(seen).toMatchObject({
      outcome: 'complete',
      values: [{ row: { id: 1 }, errors: [] }, { row: { id: 2 } }],
    });
  });

  it('is an error where a row has no result', async () => {
    const source = await webServer(() => new Response('{"id":1}\n{"id":2}\n'));
    const target = await httpServer((request, response) => {
      request.resume().on('end', () => response.end('{"index":0}\n'));
    });
    const seen = record<Loaded<Row>>(relayed<Row>(source.url, target.url));
    await seen.ended();
    expect(seen).toMatchObject({ values: [{ row: { id: 1 } }], error: new Error('1 rows have no result') });
  });

  it('leaves the source when the target refuses, and both when it is left', async () => {
    const flood = pulledFlood();
    const source = await webServer((request) => toNdjsonResponse(flood.source, { request }));
    const target = await httpServer((_request, response) => response.writeHead(413).end());
    const seen = record(relayed(source.url, target.url));
    await seen.ended();
    expect(seen.error).toMatchObject({ name: 'HttpStatusError', status: 413 });
    await flood.left;

    const rows = producer<Row>({ id: 1, price: 1 });
    const slow = await webServer((request) => toNdjsonResponse(rows.source, { request }));
    const loading = await httpServer((request, response) => {
      load(request, response).catch(() => undefined);
    });
    const left = record(relayed<Row>(slow.url, loading.url));
    await left.received(1);
    left.subscription.unsubscribe();
    await rows.observedBy(0);
    await eventually(() => loading.exchanges[0]?.request.destroyed).toBe(true);
  });
});
