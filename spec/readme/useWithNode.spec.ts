import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import * as files from 'node:fs';
import * as promises from 'node:fs/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { lastValueFrom, of, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { finalOutcomeOf } from '../support/outcome';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

interface Row {
  readonly id: number;
}

/** A folder until the test is over. */
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** Node's modules for files, in which relative paths lead to a folder. */
const filesIn = (path: string): Readonly<Record<string, object>> => {
  const inside =
    <A extends unknown[], R>(use: (...args: [string, ...A]) => R) =>
    (name: string, ...more: A): R =>
      use(join(path, name), ...more);
  return {
    'node:fs': {
      ...files,
      createReadStream: inside(files.createReadStream as never),
      createWriteStream: inside(files.createWriteStream as never),
    },
    'node:fs/promises': {
      ...promises,
      readFile: inside(promises.readFile as never),
      writeFile: inside(promises.writeFile as never),
      rename: (from: string, to: string) => promises.rename(join(path, from), join(path, to)),
    },
  };
};

describe('Node pipelines: Rows into a file', () => {
  it('writes the rows that pass', async () => {
    const path = await folder();
    const { url } = await webServer((request) =>
      toNdjsonResponse(of({ id: 1, ok: true }, { id: 2, ok: false }, { id: 3, ok: true }), { request }),
    );
    await evaluate('Rows into a file', {}, { server: url, modules: filesIn(path) });
    expect(await readFile(join(path, 'rows.ndjson'), 'utf8')).toBe(
      '{"id":1,"ok":true}\n{"id":3,"ok":true}\n',
    );
  });

  it('rejects when the stream is cut, and keeps the rows before', async () => {
    const path = await folder();
    const { url } = await httpServer((_request, response) => response.end('{"id":1,"ok":true}\n{"id":'));
    await expect(
      evaluate('Rows into a file', {}, { server: url, modules: filesIn(path) }),
    ).rejects.toMatchObject({ name: 'StreamTruncatedError' });
  });

  it('aborts the request when the disk is full, though the server is silent', async () => {
    const server = await httpServer((_request, response) => {
      response.write('{"id":1,"ok":true}\n');
    });
    const full: Writable = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
        // While the pipeline waits for the next row, in which it does not look at its end.
        setImmediate(() => full.destroy(new Error('no space left')));
      },
    });
    const modules = { 'node:fs': { createWriteStream: () => full } };
    await expect(evaluate('Rows into a file', {}, { server: server.url, modules })).rejects.toThrow(
      'no space left',
    );
    await server.disconnected(1);
  });
});

describe('Node pipelines: Rows from a file', () => {
  it('are read by the operators', async () => {
    const path = await folder();
    await writeFile(join(path, 'rows.ndjson'), '{"id":1}\n{"id":2}\n');
    const { row$ } = await evaluate<{ row$: Observable<Row> }>(
      'Rows from a file',
      {},
      { modules: filesIn(path) },
    );
    expect(await lastValueFrom(row$.pipe(toArray()))).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('are read by a reader, as fast as they are stored', async () => {
    const path = await folder();
    await writeFile(join(path, 'rows.ndjson'), '{"id":1}\n{"id":2}\n');
    const { stored$ } = await evaluate<{ stored$: Observable<number> }>(
      'Rows from a file 2',
      { store: ({ id }: Row) => Promise.resolve(id) },
      { modules: filesIn(path) },
    );
    expect(await lastValueFrom(stored$.pipe(toArray()))).toEqual([1, 2]);
  });
});

describe('Node pipelines: A compressed archive', () => {
  const archive = Buffer.concat([gzipSync('{"id":1}\n{"id":2}\n'), gzipSync('{"id":3}\n')]);
  const read = async (body: Buffer, status = 200) => {
    const { url } = await httpServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/gzip' }).end(body);
    });
    const { row$ } = await evaluate<{ row$: Observable<Row> }>('A compressed archive', {}, { server: url });
    return finalOutcomeOf(row$);
  };

  it('is read to the end of its last member', async () => {
    expect(await read(archive)).toEqual({
      values: [{ id: 1 }, { id: 2 }, { id: 3 }],
      completed: true,
      error: undefined,
    });
  });

  it('that is cut is an error', async () => {
    const { completed, error } = await read(archive.subarray(0, -4));
    expect(completed).toBe(false);
    expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });

  it('that is refused is an HttpStatusError', async () => {
    const { error } = await read(Buffer.from('gone'), 404);
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 404, body: 'gone' });
  });

  it('is left with its connection', async () => {
    const { url, disconnected } = await httpServer((_request, response) => {
      response.write(gzipSync('{"id":1}\n', { finishFlush: constants.Z_SYNC_FLUSH }));
    });
    const { row$ } = await evaluate<{ row$: Observable<Row> }>('A compressed archive', {}, { server: url });
    const seen: Row[] = [];
    const subscription = row$.subscribe((row) => seen.push(row));
    await eventually(() => seen).toEqual([{ id: 1 }]);
    subscription.unsubscribe();
    await disconnected(1);
  });
});

describe('Node pipelines: An upload and its answer', () => {
  const recipe = (url: string, row$: Observable<Row>): Promise<{ receipt$: Observable<{ rows: number }> }> =>
    evaluate('An upload and its answer', { row$ }, { server: url });

  it('sends the rows at each subscription, and emits the answer', async () => {
    const { url } = await webServer(async (request) =>
      toNdjsonResponse(of({ rows: (await request.text()).split('\n').length - 1 })),
    );
    const { receipt$ } = await recipe(url, of({ id: 1 }, { id: 2 }));
    expect(await lastValueFrom(receipt$)).toEqual({ rows: 2 });
    expect(await lastValueFrom(receipt$)).toEqual({ rows: 2 });
  });

  it('errors as its rows do, and the server sees a cut', async () => {
    const rows = producer<Row>({ id: 1 });
    const cut: unknown[] = [];
    const { url } = await httpServer((request) => {
      text(request).catch((error: unknown) => cut.push(error));
      request.once('data', () => {
        rows.error(new Error('no more rows'));
      });
    });
    const { receipt$ } = await recipe(url, rows.source);
    expect(await finalOutcomeOf(receipt$)).toMatchObject({ error: new Error('no more rows') });
    await eventually(() => cut).toHaveLength(1);
  });

  it('releases its rows when it is refused early', async () => {
    const rows = producer<Row>({ id: 1 });
    const { url } = await httpServer((_request, response) => response.writeHead(413).end());
    const { receipt$ } = await recipe(url, rows.source);
    expect(await finalOutcomeOf(receipt$)).toMatchObject({ error: { status: 413 } });
    await rows.observedBy(0);
  });
});

describe('Node pipelines: A consumer that continues after a restart', () => {
  it('stores an ID when its message is done, and asks for what comes after', async () => {
    const path = await folder();
    const messages = of({ id: '1', data: 'a' }, { id: '2', data: 'b' }, { id: '3', data: 'c' });
    const { url, exchanges } = await webServer((request) => toSseResponse(messages, { request }));
    const handled: string[] = [];
    const consumer = (handle: (data: string) => Promise<void>): Promise<{ handled$: Observable<unknown> }> =>
      evaluate(
        'A consumer that continues after a restart',
        { handle: ({ data }: { data: string }) => handle(data) },
        { server: url, modules: filesIn(path) },
      );

    const first = await consumer((data) => {
      if (data === 'c') return Promise.reject(new Error('the process dies'));
      handled.push(data);
      return Promise.resolve();
    });
    expect(await finalOutcomeOf(first.handled$)).toMatchObject({ error: new Error('the process dies') });
    const second = await consumer((data) => {
      handled.push(data);
      return Promise.resolve();
    });
    await finalOutcomeOf(second.handled$);

    expect(exchanges.map(({ request }) => request.headers['last-event-id'])).toEqual([undefined, '2']);
    expect(existsSync(join(path, 'feed.id.new'))).toBe(false);
    expect(await readFile(join(path, 'feed.id'), 'utf8')).toBe('3');
  });
});

describe('Node pipelines: A download that continues at a byte', () => {
  it('has each row once, though it is cut within one', async () => {
    const whole = Array.from({ length: 1_000 }, (_, id) => `${JSON.stringify({ id })}\n`).join('');
    const ranges: unknown[] = [];
    const { url } = await httpServer((request, response) => {
      const [, from = ''] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
      const start = Number(from);
      ranges.push(request.headers.range);
      const headers = { etag: '"1"', 'accept-ranges': 'bytes', 'content-length': whole.length - start };
      if (from !== '') {
        response
          .writeHead(206, {
            ...headers,
            'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}`,
          })
          .end(whole.slice(start));
        return;
      }
      response.writeHead(200, headers).write(whole.slice(0, 5_001), () => response.destroy());
    });
    const { row$ } = await evaluate<{ row$: Observable<Row> }>(
      'A download that continues at a byte',
      {},
      { server: url },
    );
    const { values, completed } = await finalOutcomeOf(row$);
    expect(values.map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, id) => id));
    expect(completed).toBe(true);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d+-/)]);
  });
});

describe('Node pipelines: A command that tells why it failed', () => {
  const run = async (server: string) => {
    const process = Object.assign(new EventTarget(), { exitCode: undefined });
    const printed: unknown[] = [];
    const complained: unknown[] = [];
    const console = {
      log: (value: unknown) => printed.push(value),
      error: (value: unknown) => complained.push(value),
    };
    const { default: subscription } = await evaluate<{ default: { closed: boolean } }>(
      'A command that tells why it failed',
      { process, console },
      { server },
    );
    await eventually(() => subscription.closed || printed.length > 0).toBe(true);
    return { process, printed, complained, subscription };
  };

  it.each<[string, number | undefined, Parameters<typeof httpServer>[0]]>([
    ['its end', undefined, (_, response) => response.end('{"id":1}\n')],
    ['a refusal', 2, (_, response) => response.writeHead(403).end()],
    ['a cut', 3, (_, response) => response.end('{"id":')],
    ['a lost connection', 3, (_, response) => response.write('{"id":1}\n', () => response.destroy())],
    ['no connection', 1, (_, response) => response.destroy()],
    ['a line that is not JSON', 1, (_, response) => response.end('no\n')],
  ])('%s', async (_what, code, answer) => {
    const { url } = await httpServer(answer);
    const { process, complained, subscription } = await run(url);
    await eventually(() => subscription.closed).toBe(true);
    expect(process.exitCode).toBe(code);
    expect(complained).toHaveLength(code === undefined ? 0 : 1);
  });

  it('is interrupted, which aborts the request', async () => {
    const { url, disconnected } = await httpServer((_request, response) => {
      response.write('{"id":1}\n');
    });
    const { process, printed } = await run(url);
    expect(printed).toEqual([1]);
    process.dispatchEvent(new Event('SIGINT'));
    await disconnected(1);
    expect(process.exitCode).toBe(130);
  });
});

describe('gzip with a content encoding', () => {
  it('that is cut at a flush looks whole on Node', async () => {
    const flushed = gzipSync('{"id":1}\n', { finishFlush: constants.Z_SYNC_FLUSH });
    const { url } = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(flushed);
    });
    expect(await finalOutcomeOf(fromNdjsonFetch<Row>(url))).toMatchObject({
      values: [{ id: 1 }],
      completed: true,
    });
  });
});
