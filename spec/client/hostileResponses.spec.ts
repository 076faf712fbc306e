import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { of } from 'rxjs';
import {
  ContentTypeError,
  HttpStatusError,
  fromChunkedFetch,
  fromEventSource,
  toChunkedResponse,
} from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { virtualTime } from '../support/virtualTime';

const KIB = 1024;
const LONG = 64 * KIB;
const MEBIBYTE = gzipSync('x'.repeat(KIB * KIB));

const answering =
  (...response: ConstructorParameters<typeof Response>): StreamFetch =>
  () =>
    of(new Response(...response));

const headers = (count: number, length: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'a'.repeat(length)]));

describe.each(readers)('A response to $name', ({ readOnce, mediaType, frame }) => {
  it.each([
    ['a header of 64 KiB', headers(1, LONG)],
    ['5 000 headers', headers(5_000, 16)],
    ['a content type of 64 KiB', { 'content-type': `text/event-stream;${'a'.repeat(LONG)}` }],
  ])('with %s is more than fetch takes: a failed connection', async (_, bomb) => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': mediaType, ...bomb }).end(frame('a'));
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
    expect(String(recording.error).length).toBeLessThan(250);
  });

  it.each([
    ['one header', headers(1, 15 * KIB)],
    ['many headers', headers(500, 16)],
  ])('with %s of as much as fetch takes is read as any other', async (_, bomb) => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': mediaType, ...bomb }).end(frame('a'));
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a'], outcome: 'complete' });
  });

  it('that redirects in a loop is a failed connection, after as many requests as fetch makes', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(302, { location: '/' }).end();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
    expect(server.exchanges.length).toBeLessThanOrEqual(21);
  });

  it.each([
    'data:text/event-stream,data:%20x%0A%0A',
    'file:///etc/passwd',
    'blob:x',
    'http://[',
    'x'.repeat(LONG / 8),
  ])('that redirects to %s is an error, and nothing is read from there', async (location) => {
    const server = await httpServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.writeHead(404).end();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.outcome).toBe('error');
  });
});

describe.each(readers)('A refusal to $name', ({ readOnce }) => {
  // The time that is waited for its text does not pass: it has to be enough on its own.
  virtualTime();

  it.each<[string, Record<string, string>, (response: ServerResponse) => void]>([
    ['without an end', {}, (response) => flood(response, () => 'x'.repeat(LONG))],
    [
      'that is a decompression bomb',
      { 'content-encoding': 'gzip' },
      (response) => response.write(Buffer.concat(Array.from({ length: 256 }, () => MEBIBYTE))),
    ],
  ])('%s is told by its first 65 536 characters, and left', async (_, coding, write) => {
    const server = await httpServer((_request, response) => {
      response.writeHead(500, coding);
      write(response);
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 500, body: 'x'.repeat(LONG) });
    expect(String(recording.error).length).toBeLessThan(250);
    await server.disconnected(1);
  });
});

describe('What a response says of itself', () => {
  it.each([
    'x'.repeat(LONG),
    ','.repeat(LONG),
    ', '.repeat(LONG / 2),
    `text/event-stream${' '.repeat(LONG)}x`,
    'text/event-stream '.repeat(LONG / 16),
    ' ,text/event-stream'.repeat(LONG / 16) + 'x',
  ])(
    'for a content type of 64 KiB is looked at once, and told by an excerpt (%#)',
    { timeout: 5_000 },
    async (contentType) => {
      const fetch = answering('data: a\n\n', { headers: { 'content-type': contentType } });
      const recording = record(fromEventSource('/feed', { fetch }));
      await recording.ended();
      expect(recording.error).toBeInstanceOf(ContentTypeError);
      expect((recording.error as Error).message.length).toBeLessThan(250);
    },
  );

  it.each([
    ';'.repeat(LONG),
    '; charset'.repeat(LONG / 8),
    `; charset=${'x'.repeat(LONG)}`,
    `;${' '.repeat(LONG)}charset`,
    `; charset${' '.repeat(LONG)}`,
  ])(
    'for a charset of 64 KiB is looked at once, and is UTF-8 (%#)',
    { timeout: 5_000 },
    async (parameters) => {
      const fetch = answering('é', { headers: { 'content-type': `text/plain${parameters}` } });
      const recording = record(fromChunkedFetch('/text', { fetch }));
      await recording.ended();
      expect(recording).toMatchObject({ values: ['é'], outcome: 'complete' });
    },
  );

  it('for a status text of 64 KiB is told by an excerpt', async () => {
    const fetch = answering('no', { status: 500, statusText: 'x'.repeat(LONG) });
    const recording = record(fromChunkedFetch('/text', { fetch }));
    await recording.ended();
    expect(recording.error).toBeInstanceOf(HttpStatusError);
    expect((recording.error as Error).message.length).toBeLessThan(250);
  });

  it.each(['1000000000000', `1${'0'.repeat(24)}`, '9'.repeat(400)])(
    'for a Retry-After out of all bounds is a number that can be passed on (%#)',
    async (seconds) => {
      const fetch = answering('no', { status: 503, headers: { 'retry-after': seconds } });
      const relayed = await toChunkedResponse(fromChunkedFetch('/text', { fetch }), { awaitFirst: true });
      expect(relayed.status).toBe(503);
      expect(relayed.headers.get('retry-after')).toMatch(/^\d{13}$/);
    },
  );
});
