import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NEVER, Subject, from, identity, lastValueFrom, toArray } from 'rxjs';
import { toChunkedResponse, toNdjsonResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { READING_SIZE, readings } from '../../examples/node-pipeline/reading';
import type { Reading } from '../../examples/node-pipeline/reading';
import { ROW_COUNT, station } from '../../examples/node-pipeline/station';
import { partialOf, transfer } from '../../examples/node-pipeline/transfer';
import { warehouse } from '../../examples/node-pipeline/warehouse';
import { warm } from '../../examples/node-pipeline/warm';
import type { WarmReading } from '../../examples/node-pipeline/warm';
import { commandRun } from '../support/commandRun';
import type { CommandRun } from '../support/commandRun';
import { BUFFERS, TOO_MUCH } from '../support/flood';
import { producer } from '../support/producer';
import { pulledFlood } from '../support/pulledFlood';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { eventually } from './eventually';
import { listening, served } from './served';
import type { Served } from './served';

forbidUnhandledRejections();

const COUNT = 20_000;

const warmOf = (count: number): Promise<WarmReading[]> =>
  lastValueFrom(from(readings(count)).pipe(warm, toArray()));

const ndjson = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A name that no file has. */
async function freshFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'warm.ndjson');
}

/** A target that writes down what it is given. */
async function target(): Promise<Served & { rows: WarmReading[] }> {
  const rows: WarmReading[] = [];
  const server = await listening(
    warehouse((row) => {
      rows.push(row);
      return [row];
    }),
  );
  return { ...server, rows };
}

const run = (...args: readonly string[]): CommandRun => commandRun('examples/node-pipeline/main.ts', args);

describe('the pipeline', () => {
  it('reads gzip, and gives the same rows to the server and to the file', async () => {
    const file = await freshFile();
    const [source, { origin: to, rows }] = [await served(station(COUNT)), await target()];

    const progress = await lastValueFrom(transfer({ from: source.origin, to, file, transform: warm }));

    const expected = await warmOf(COUNT);
    expect(rows).toEqual(expected);
    expect(await readFile(file, 'utf8')).toBe(ndjson(expected));
    expect(existsSync(partialOf(file))).toBe(false);
    expect(progress).toEqual({
      total: COUNT,
      read: COUNT,
      written: expected.length,
      isSent: true,
      stored: expected.length,
    });
  });

  it('is offered gzip', async () => {
    const { origin } = await served(station(COUNT));

    const { headers, body } = await fetch(origin);
    await body?.cancel();

    expect(headers.get('content-encoding')).toBe('gzip');
  });

  it('sends what has come while the next row is not yet made', async () => {
    const file = await freshFile();
    const [reading] = readings(2);
    const source = producer({ ...reading, celsius: 30 });
    const { origin } = await served((request) => toNdjsonResponse(source.source, { request }));
    const { origin: to, rows } = await target();

    const recording = record(transfer<Reading, WarmReading>({ from: origin, to, file, transform: warm }));

    await eventually(() => rows).toHaveLength(1);
    recording.subscription.unsubscribe();
    await source.observedBy(0);
  });

  it('is held back by a target that does not take any more, and the source by it, through gzip too', async () => {
    const state = { made: 0, left: false };
    /** As large in gzip as it is: what compresses well would all fit into the buffers in between. */
    function* source(): Generator<Reading> {
      try {
        for (let id = 0; state.made < TOO_MUCH; id++) {
          const note = randomBytes(6 * 1024).toString('base64');
          state.made += note.length;
          yield { id, station: '', celsius: 30, note };
        }
      } finally {
        state.left = true;
      }
    }
    const { origin } = await served(station(Infinity, source));
    const { origin: to } = await listening(warehouse(() => NEVER));

    const recording = record(
      transfer<Reading, Reading>({ from: origin, to, file: await freshFile(), transform: identity }),
    );

    // That nothing happens is no event: it takes looking more than once.
    for (let quiet = 0, before = 0; quiet < 6 && !state.left; before = state.made) {
      await setTimeout(50);
      quiet = state.made > 0 && state.made === before ? quiet + 1 : 0;
    }
    expect(state.made).toBeLessThan(2 * BUFFERS);
    recording.subscription.unsubscribe();
    await eventually(() => state.left).toBe(true);
  });

  it('keeps its memory flat while a quarter of a gigabyte passes', { timeout: 120_000 }, async () => {
    const count = 64 * 1024;
    const note = 'x'.repeat(4 * 1024);
    const source = function* (): Generator<Reading> {
      for (const reading of readings(count)) yield { ...reading, note };
    };
    const { origin } = await served(station(count, source));
    const { origin: to } = await listening(warehouse());
    const reader = spawn(process.execPath, [
      '--expose-gc',
      '--import=tsx',
      fileURLToPath(new URL('../support/memoryOfTransfer.ts', import.meta.url)),
      origin,
      to,
      await freshFile(),
    ]);
    onTestFinished(() => {
      reader.kill();
    });

    const [output, complaints] = await Promise.all([text(reader.stdout), text(reader.stderr)]);

    expect(complaints).toBe('');
    const { read, written, stored, growth } = JSON.parse(output) as Record<string, number>;
    expect({ read, written, stored }).toEqual({ read: count, written: count, stored: count });
    // Far below what passes, far above what is on its way at any time.
    expect(growth).toBeLessThan(160 * 1024 * 1024);
  });

  it('breaks the upload off when the source is cut, and gives the file no name', async () => {
    const file = await freshFile();
    const cut = new Subject<Reading>();
    const source = await listening((_request, response) => {
      response.writeHead(200).write(ndjson([...readings(100)]));
      cut.subscribe({ complete: () => response.destroy() });
    });
    const { origin: to, rows, exchanges } = await target();

    const recording = record(
      transfer<Reading, WarmReading>({ from: source.origin, to, file, transform: warm }),
    );
    const expected = await warmOf(100);
    await eventually(() => rows).toHaveLength(expected.length);
    cut.complete();
    await recording.ended();

    expect(recording.error).toMatchObject({
      name: 'StreamNetworkError',
      phase: 'body',
      url: `${source.origin}/`,
    });
    await eventually(() => exchanges[0]?.request.errored).not.toBeNull();
    expect(exchanges[0]?.request.complete).toBe(false);
    expect(existsSync(file)).toBe(false);
    await eventually(() => readFile(partialOf(file), 'utf8')).toBe(ndjson(expected));
  });

  it('leaves the source when the target refuses', async () => {
    const flood = pulledFlood();
    const source = await served((request) => toChunkedResponse(flood.source, { request }));
    const { origin: to } = await listening((_request, response) => {
      response.writeHead(507).end('full');
    });

    const recording = record(
      transfer({ from: source.origin, to, file: await freshFile(), transform: identity }),
    );
    await recording.ended();

    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 507, body: 'full' });
    await flood.left;
  });

  it.each([
    ['none', () => '{"rows":0}\n', /sent \d+ rows, and says that it has stored 0$/],
    [
      'one row less',
      (rows: number) => `{"rows":${rows - 1}}\n`,
      /sent \d+ rows, and says that it has stored \d+$/,
    ],
    ['more than it was sent', (rows: number) => `{"rows":${rows + 1}}\n`, /stored \d+$/],
    ['a number that is none', (rows: number) => `{"rows":"${rows}"}\n`, /stored/],
    ['nothing', () => '', /stored undefined$/],
    ['something else', () => '{"ok":true}\n', /stored undefined$/],
    ['two things', (rows: number) => `{"rows":${rows}}\n{"rows":1}\n`, /stored 1$/],
  ])(
    'fails when the target says that it has stored %s, and gives the file no name',
    async (_, receipt, message) => {
      const file = await freshFile();
      const { origin } = await served(station(COUNT));
      const { origin: to } = await listening((request, response) => {
        void text(request).then((sent) => response.end(receipt(sent.split('\n').length - 1)));
      });

      const recording = record(transfer<Reading, WarmReading>({ from: origin, to, file, transform: warm }));
      await recording.ended();

      expect(recording.error).toMatchObject({ message: expect.stringMatching(message) as string });
      expect(existsSync(file)).toBe(false);
      expect(await readFile(partialOf(file), 'utf8')).toBe(ndjson(await warmOf(COUNT)));
    },
  );

  it.each([
    ['keeps the connection', {}],
    ['closes the connection', { connection: 'close' }],
  ])('fails at once when the target answers before it has everything, and %s', async (_, headers) => {
    const file = await freshFile();
    const flood = pulledFlood();
    const source = await served((request) => toNdjsonResponse(flood.source, { request }));
    const { origin: to } = await listening((_request, response) => {
      response.writeHead(200, headers).end('{"rows":0}\n');
    });

    const recording = record(transfer({ from: source.origin, to, file, transform: identity }));
    await recording.ended();

    expect(recording.error).toBeInstanceOf(Error);
    expect(existsSync(file)).toBe(false);
    await flood.left;
  });

  it('fails when the target confirms what it has, and not all of it is sent', async () => {
    const file = await freshFile();
    const [reading] = readings(1);
    const source = producer({ ...reading, celsius: 30 });
    const { origin } = await served((request) => toNdjsonResponse(source.source, { request }));
    const { origin: to } = await listening((request, response) => {
      request.once('data', () => response.end('{"rows":1}\n'));
    });

    const recording = record(transfer<Reading, WarmReading>({ from: origin, to, file, transform: warm }));
    await recording.ended();

    expect(recording.error).toEqual(new Error('The target answered before it had everything'));
    expect(existsSync(file)).toBe(false);
    await source.observedBy(0);
  });

  it('reads receipts on many lines, the last of which counts', async () => {
    const file = await freshFile();
    const { origin } = await served(() => new Response(ndjson([...readings(100)])));
    const { origin: to } = await listening((request, response) => {
      response.write(JSON.stringify({ rows: 0 }, null, 2));
      void text(request).then((sent) =>
        response.end(JSON.stringify({ rows: sent.split('\n').length - 1 }, null, 2)),
      );
    });

    const progress = await lastValueFrom(transfer({ from: origin, to, file, transform: warm }));

    expect(progress).toMatchObject({ stored: (await warmOf(100)).length });
    expect(existsSync(file)).toBe(true);
  });

  it('fails when the source ends before it has sent what it announced', async () => {
    const file = await freshFile();
    const { origin } = await served(
      () => new Response(ndjson([...readings(10)]), { headers: { [ROW_COUNT]: '20' } }),
    );
    const { origin: to } = await target();

    const recording = record(transfer<Reading, WarmReading>({ from: origin, to, file, transform: warm }));
    await recording.ended();

    expect(recording.error).toMatchObject({ message: 'The source announced 20 rows, and 10 came' });
    expect(existsSync(file)).toBe(false);
  });

  it('takes a source that announces nothing', async () => {
    const file = await freshFile();
    const { origin } = await served(() => new Response(ndjson([...readings(10)])));
    const { origin: to } = await target();

    const progress = await lastValueFrom(transfer({ from: origin, to, file, transform: warm }));

    expect(progress).toMatchObject({ total: undefined, read: 10 });
    expect(existsSync(file)).toBe(true);
  });

  it('fails with what the file fails with', async () => {
    const { origin } = await served(station(COUNT));
    const { origin: to } = await target();

    const recording = record(
      transfer<Reading, WarmReading>({ from: origin, to, file: '/nowhere/warm.ndjson', transform: warm }),
    );
    await recording.ended();

    expect(recording.error).toMatchObject({ code: 'ENOENT' });
  });
});

describe('npx tsx examples/node-pipeline/main.ts', () => {
  it('runs all of it on its own servers, and says what it did', async () => {
    const file = await freshFile();

    const { exitCode, output, complaints } = await run('--size', '2', '--file', file).ended;

    const expected = await warmOf(Math.ceil((2 * 1024 * 1024) / READING_SIZE));
    expect(output).toMatch(
      new RegExp(
        `^\\d+ rows read, ${expected.length} written to ${file}; ` +
          `the target has stored ${expected.length}\\.\n$`,
      ),
    );
    expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
    expect(await readFile(file, 'utf8')).toBe(ndjson(expected));
  });

  it('aborts both requests at Ctrl-C, and says what was done by then', async () => {
    const file = await freshFile();
    const source = producer(...readings(100));
    const { origin } = await served((request) => toNdjsonResponse(source.source, { request }));
    const { origin: to, rows, exchanges } = await target();
    const expected = await warmOf(100);

    const { child, ended } = run('--from', origin, '--to', to, '--file', file);
    await eventually(() => rows).toHaveLength(expected.length);
    child.kill('SIGINT');

    expect(await ended).toEqual({
      exitCode: 130,
      output: `Interrupted: 100 rows read, ${expected.length} written to ${file}.partial; the upload was broken off.\n`,
      complaints: '',
    });
    await source.observedBy(0);
    expect(exchanges[0]?.request.complete).toBe(false);
    expect(existsSync(file)).toBe(false);
    expect(await readFile(`${file}.partial`, 'utf8')).toBe(ndjson(expected));
  });

  it('fails where the source does', async () => {
    const { origin: to } = await target();

    const { exitCode, output, complaints } = await run(
      '--from',
      'http://127.0.0.1:1/',
      '--to',
      to,
      '--file',
      await freshFile(),
    ).ended;

    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(complaints).toMatch(/^Failed: 0 rows read, .*\.partial; .*StreamNetworkError/s);
  });
});
