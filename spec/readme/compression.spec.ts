import { text } from 'node:stream/consumers';
import { constants, createGunzip, createGzip, gzipSync } from 'node:zlib';
import { lastValueFrom, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { finalOutcomeOf } from '../support/outcome';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

interface Row {
  readonly id: number;
}

describe('Compression: A feed in gzip, live', () => {
  const serving = async (price$: Observable<SseMessageInit>): Promise<HttpServer> => {
    const { GET } = await evaluate<{ GET: (request: Request) => Response }>('A feed in gzip, live', {
      price$,
    });
    return webServer(GET);
  };

  it('has each message before the next is sent, and completes', async () => {
    const prices = producer<SseMessageInit>({ data: '1' });
    const { url } = await serving(prices.source);
    const seen = record(fromEventSource(url));
    await seen.received(1);
    prices.next({ data: '2' });
    await seen.received(2);
    prices.next({ data: '3' });
    await seen.received(3);
    prices.complete();
    await seen.ended();
    expect(seen).toMatchObject({
      outcome: 'complete',
      values: [{ data: '1' }, { data: '2' }, { data: '3' }],
    });
  });

  it('is gzip for a client that accepts it alone', async () => {
    const { url } = await serving(of({ data: '1' }));
    const [compressed, plain] = await Promise.all([
      fetch(url),
      fetch(url, { headers: { 'accept-encoding': 'identity' } }),
    ]);
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('vary')).toBe('accept-encoding');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await compressed.text()).toBe(await plain.text());
  });

  it('ends its source when the client disconnects', async () => {
    const prices = producer<SseMessageInit>({ data: '1' });
    const { url } = await serving(prices.source);
    const seen = record(fromEventSource(url));
    await seen.received(1);
    seen.subscription.unsubscribe();
    await prices.observedBy(0);
  });

  it('says that its source has failed', async () => {
    const prices = producer<SseMessageInit>({ data: '1' });
    const { url } = await serving(prices.source);
    const seen = record(fromEventSource(url));
    await seen.received(1);
    prices.error(new Error('no prices'));
    await seen.ended();
    expect(seen.error).toMatchObject({ name: 'StreamServerError' });
  });
});

describe('CompressionStream', () => {
  it('keeps messages until it ends, as the page says', async () => {
    const { readable, writable } = new CompressionStream('gzip');
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for (const reader = readable.getReader(); ;) {
        const { value, done } = await reader.read();
        if (done) return;
        chunks.push(value);
      }
    })();
    const writer = writable.getWriter();
    for (let n = 0; n < 50; n++) await writer.write(new TextEncoder().encode(`data: ${n}\n\n`));
    // No more than the header of the format.
    expect(Buffer.concat(chunks).length).toBeLessThanOrEqual(10);
    await writer.close();
    await reading;
    expect(Buffer.concat(chunks).length).toBeGreaterThan(100);
  });

  it('costs less than a flush for each message, by what the page says', async () => {
    const messages = Array.from({ length: 1_000 }, (_, n) => {
      const share = ['ACME', 'INIT', 'GLOB'][n % 3];
      const time = new Date(1.7e12 + n * 137).toISOString();
      return `id: ${n}\nevent: price\ndata: ${JSON.stringify({ share, price: (10_000 + ((997 * n) % 5_000)) / 100, time })}\n\n`;
    });
    const sizeOf = async (gzip: ReturnType<typeof createGzip>): Promise<number> => {
      let size = 0;
      gzip.on('data', ({ length }: Buffer) => (size += length));
      for (const message of messages) await new Promise((written) => gzip.write(message, written));
      await new Promise((ended) => gzip.on('end', ended).end());
      return Math.round(size / messages.length);
    };
    expect(Math.round(messages.join('').length / messages.length)).toBe(94);
    expect(await sizeOf(createGzip({ flush: constants.Z_SYNC_FLUSH }))).toBe(22);
    expect(await sizeOf(createGzip())).toBe(12);
  });
});

describe('Compression: A feed in gzip that fetch does not decompress', () => {
  const read = async (url: string): Promise<Observable<Row>> =>
    (
      await evaluate<{ row$: Observable<Row> }>(
        'A feed in gzip that fetch does not decompress',
        {},
        { server: url },
      )
    ).row$;

  it('has each row after its flush, and leaves its connection', async () => {
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    const { url, disconnected } = await httpServer((_request, response) => {
      gzip.pipe(response.writeHead(200, { 'content-type': 'application/gzip' }));
    });
    const seen = record(await read(url));
    gzip.write('{"id":1}\n');
    await seen.received(1);
    gzip.write('{"id":2}\n');
    await seen.received(2);
    seen.subscription.unsubscribe();
    await disconnected(1);
    gzip.destroy();
  });

  it('completes at its end, and a refusal is an HttpStatusError', async () => {
    const { url } = await httpServer((_request, response) => response.end(gzipSync('{"id":1}\n')));
    expect(await finalOutcomeOf(await read(url))).toMatchObject({ values: [{ id: 1 }], completed: true });
    const gone = await httpServer((_request, response) => response.writeHead(404).end('gone'));
    expect(await finalOutcomeOf(await read(gone.url))).toMatchObject({
      error: { name: 'HttpStatusError', status: 404, body: 'gone' },
    });
  });
});

describe('Compression: An upload in gzip', () => {
  const recipe = async (url: string, row$: Observable<Row>): Promise<Observable<{ rows: number }>> =>
    (
      await evaluate<{ receipt$: Observable<{ rows: number }> }>(
        'An upload in gzip',
        { row$ },
        { server: url },
      )
    ).receipt$;

  it('arrives whole at a server that knows gzip alone', async () => {
    let received = '';
    const { url } = await httpServer((request, response) => {
      void text(request.pipe(createGunzip())).then((rows) => {
        received = rows;
        response.end('{"rows":2}\n');
      });
    });
    expect(await lastValueFrom(await recipe(url, of({ id: 1 }, { id: 2 })))).toEqual({ rows: 2 });
    expect(received).toBe('{"id":1}\n{"id":2}\n');
  });

  it('releases its rows when it is refused', async () => {
    const rows = producer<Row>({ id: 1 });
    const { url } = await httpServer((_request, response) => response.writeHead(415).end());
    expect(await finalOutcomeOf(await recipe(url, rows.source))).toMatchObject({ error: { status: 415 } });
    await rows.observedBy(0);
  });

  it('is cut when its rows fail', async () => {
    const rows = producer<Row>({ id: 1 });
    const { url, exchange, exchanges } = await httpServer((request) => request.resume());
    const seen = record(await recipe(url, rows.source));
    await exchange(1);
    rows.error(new Error('no more rows'));
    await seen.ended();
    expect(seen.outcome).toBe('error');
    await eventually(() => exchanges[0]?.request.errored).not.toBeNull();
  });
});
