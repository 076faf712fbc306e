import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Observable } from 'rxjs';
import { StreamLimitError, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { EventSourceFetchInit, NdjsonFetchInit } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundled } from '../support/bundled';
import { flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { record } from '../support/recording';

const MIB = 1024 * 1024;
const DEFAULT_LIMIT = 16 * MIB;
/** Size of a chunk, by which a body may exceed the limit before the reader can check it. */
const CHUNK = MIB;

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

interface Endless {
  readonly of: string;
  readonly read: (url: string) => Observable<unknown>;
  readonly beginning: string;
  readonly piece: string;
}

const events =
  (init?: EventSourceFetchInit) =>
  (url: string): Observable<unknown> =>
    fromEventSource(url, init);
const rows =
  (init?: NdjsonFetchInit<unknown>) =>
  (url: string): Observable<unknown> =>
    fromNdjsonFetch(url, init);

const LETTERS = 'a'.repeat(64 * 1024);
const limited = { maxMessageLength: MIB };

describe('A body that never ends', () => {
  it.each<Endless>([
    { of: 'data in one line', read: events(), beginning: 'data: ', piece: LETTERS },
    { of: 'a comment', read: events(), beginning: ':', piece: LETTERS },
    { of: 'the name of a field', read: events(), beginning: '', piece: LETTERS },
    { of: 'an event id', read: events(), beginning: 'id: ', piece: LETTERS },
    { of: 'a type', read: events(), beginning: 'event: ', piece: LETTERS },
    { of: 'a reconnection time', read: events(), beginning: 'retry: ', piece: '9'.repeat(64 * 1024) },
    { of: 'NULs', read: events(), beginning: '', piece: '\0'.repeat(64 * 1024) },
    { of: 'data in short lines', read: events(), beginning: '', piece: 'data: abcdef\n'.repeat(4 * 1024) },
    { of: 'a row', read: rows(), beginning: '["', piece: LETTERS },
    { of: 'a row of open brackets', read: rows(), beginning: '', piece: '['.repeat(64 * 1024) },
    { of: 'a row that is blank', read: rows(), beginning: '', piece: ' '.repeat(64 * 1024) },
    {
      of: 'a row that would be left out',
      read: rows({ onBadLine: 'skip' }),
      beginning: '',
      piece: LETTERS,
    },
    {
      of: 'a notification',
      read: rows({ terminal: 'notification' }),
      beginning: '{"kind":"N","value":"',
      piece: LETTERS,
    },
  ])(
    'with $of is left at 16 Mi characters by default, its connection closed and not asked for again',
    { timeout: 60_000 },
    async ({ read, beginning, piece }) => {
      const server = await httpServer((_, response) => {
        response.writeHead(200, EVENT_STREAM).write(beginning);
        flood(response, () => piece);
      });
      const recording = record(read(server.url));
      await recording.ended();
      expect(recording.values).toEqual([]);
      expect(recording.error).toBeInstanceOf(StreamLimitError);
      const { limit, size } = recording.error as StreamLimitError;
      expect(limit).toBe(DEFAULT_LIMIT);
      expect(size).toBeLessThan(DEFAULT_LIMIT + CHUNK);
      await server.disconnected(1);
      expect(server.exchanges).toHaveLength(1);
    },
  );

  it.each(['data\n', 'data:\n', 'data\r', 'data: \r\n'])(
    'with lines of %j, which are data without a character, counts their line ends',
    async (line) => {
      const server = await httpServer((_, response) => {
        response.writeHead(200, EVENT_STREAM);
        flood(response, () => line.repeat(8 * 1024));
      });
      const recording = record(fromEventSource(server.url, limited));
      await recording.ended();
      expect(recording.error).toMatchObject({ name: 'StreamLimitError', limit: MIB, size: MIB + 1 });
    },
  );
});

/** Members in a row are one text (RFC 1952 §2.2): a gibibyte takes a mebibyte, and no time to make. */
function gzipBomb(beginning: string, piece: string, times: number): Buffer {
  return Buffer.concat([gzipSync(beginning), ...Array<Buffer>(times).fill(gzipSync(piece))]);
}

const A_MIB = 'a'.repeat(MIB);

interface Bomb {
  readonly of: string;
  readonly format: 'events' | 'rows';
  readonly coding: string;
  readonly body: () => Buffer;
}

const bombs: readonly Bomb[] = [
  { of: 'data in one line', format: 'events', coding: 'gzip', body: () => gzipBomb('data: ', A_MIB, 1024) },
  { of: 'a comment', format: 'events', coding: 'gzip', body: () => gzipBomb(':', A_MIB, 1024) },
  {
    of: 'data in lines without a character',
    format: 'events',
    coding: 'gzip',
    body: () => gzipBomb('', 'data\n'.repeat(200_000), 1024),
  },
  {
    of: 'a row that is packed twice, 4 GiB of it',
    format: 'rows',
    coding: 'gzip, gzip',
    body: () => gzipSync(gzipBomb('["', A_MIB, 4 * 1024)),
  },
  {
    of: 'a row that is packed with Brotli',
    format: 'rows',
    coding: 'br',
    body: () =>
      brotliCompressSync(`["${A_MIB.repeat(64)}`, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  },
];

interface Bombed {
  readonly values: number;
  readonly error: string | undefined;
  readonly growth: number;
}

const reader = await bundled('spec/support/memoryOfBomb.ts');

async function readInAProcess(format: 'events' | 'rows', server: HttpServer): Promise<Bombed> {
  const reading = promisify(execFile)(process.execPath, [reader, format, server.url]);
  onTestFinished(() => {
    reading.child.kill();
  });
  const { stdout, stderr } = await reading;
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Bombed;
}

describe('A decompression bomb', () => {
  it.each(bombs)(
    'of $of is left at the limit, in little memory',
    { timeout: 60_000 },
    async ({ format, coding, body }) => {
      const server = await httpServer((_, response) => {
        response.writeHead(200, { ...EVENT_STREAM, 'content-encoding': coding }).end(body());
      });
      const { values, error, growth } = await readInAProcess(format, server);
      expect({ values, error }).toEqual({ values: 0, error: 'StreamLimitError' });
      expect(growth).toBeLessThan(128 * MIB);
    },
  );
});
