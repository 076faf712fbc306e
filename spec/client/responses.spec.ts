import type { OutgoingHttpHeaders } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { ContentTypeError, fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { NdjsonFetchInit } from 'rxjs-http-streams';
import { throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const serving = (body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Promise<HttpServer> =>
  httpServer((_, response) => {
    response.writeHead(200, headers).end(body);
  });

describe.each(readers)('a response to $name', ({ readOnce, watch, mediaType, frame }) => {
  it('is delivered live: each value arrives before the next one is sent', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).flushHeaders();
    });
    const recording = record(readOnce(server.url));
    const { response } = await server.exchange(1);
    for (const [index, value] of ['a', 'b', 'c'].entries()) {
      response.write(frame(value));
      await recording.received(index + 1);
    }
    response.end();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a', 'b', 'c'], outcome: 'complete' });
  });

  it('that is compressed is delivered live as well', async () => {
    const gzip = createGzip();
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType, 'content-encoding': 'gzip' });
      gzip.pipe(response);
      gzip.write(frame('a'));
      gzip.flush();
    });
    const recording = record(readOnce(server.url));
    await recording.received(1);
    gzip.write(frame('b'));
    gzip.flush();
    await recording.received(2);
    gzip.end();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
  });

  it('with characters that are split over chunks arrives whole', async () => {
    const text = '✓é🙂日';
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).flushHeaders();
    });
    const recording = record(readOnce(server.url));
    const { response } = await server.exchange(1);
    for (const byte of Buffer.from(frame(text))) {
      response.write(Uint8Array.of(byte));
      await macrotasks();
    }
    response.end();
    await recording.ended();
    expect(recording.values.join('')).toBe(text);
  });

  it('with a byte order mark begins after it', async () => {
    const server = await serving(`\uFEFF${frame('a')}`, { 'content-type': mediaType });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual(['a']);
  });

  it('without a body completes', async () => {
    const server = await serving('', { 'content-type': mediaType });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
  });

  it('of status 204 completes', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(204).end();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
  });

  it.each([400, 401, 404, 500])('of status %i is an error', async (status) => {
    const server = await httpServer((_, response) => {
      response.writeHead(status, { 'content-type': mediaType }).end(frame('a'));
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status, body: frame('a') });
  });

  it('reports its progress, of how much where that is known', async () => {
    const body = frame('abc');
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType, 'content-length': 2 * body.length });
      response.write(body);
    });
    const recording = record(watch(server.url, { observe: 'lifecycle' }));
    await recording.received(4);
    (await server.exchange(1)).response.end(body);
    await recording.received(6);
    recording.subscription.unsubscribe();
    expect(recording.values.filter(({ type }) => type === 'progress')).toEqual([
      { type: 'progress', loaded: body.length, total: 2 * body.length, received: body.length },
      { type: 'progress', loaded: 2 * body.length, total: 2 * body.length, received: 2 * body.length },
    ]);
  });

  it.each([
    ['chunked', {}, (body: string) => Buffer.from(body)],
    ['compressed', { 'content-encoding': 'gzip', 'content-length': gzipSync(frame('abc')).length }, gzipSync],
  ])('that is %s reports no total, as none is known', async (_, headers, encode) => {
    const body = encode(frame('abc'));
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': mediaType, ...headers }).write(body);
      response.end();
    });
    const recording = record(watch(server.url, { observe: 'lifecycle' }));
    await recording.received(4);
    recording.subscription.unsubscribe();
    expect(recording.values.find(({ type }) => type === 'progress')).toEqual({
      type: 'progress',
      loaded: frame('abc').length,
      total: undefined,
      received: frame('abc').length,
    });
  });

  it('is handed to who watches the lifecycle', async () => {
    const server = await serving(frame('a'), { 'content-type': mediaType, 'x-quota': '9' });
    const recording = record(watch(server.url, { observe: 'lifecycle' }));
    await recording.received(2);
    recording.subscription.unsubscribe();
    const opened = recording.values.find((event) => event.type === 'open');
    expect(opened?.response.status).toBe(200);
    expect(opened?.response.headers.get('x-quota')).toBe('9');
  });
});

describe('the media type of a response to fromEventSource', () => {
  it.each([
    'text/event-stream',
    'Text/Event-Stream; charset=utf-8',
    'text/event-stream;charset=UTF-8',
    ' text/event-stream ; x=1',
  ])('may be %j', async (contentType) => {
    const server = await serving('data: a\n\n', { 'content-type': contentType });
    const recording = record(fromEventSource(server.url, { reconnect: false }));
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ data: 'a' }], outcome: 'complete' });
  });

  it.each([
    'text/html',
    'text/plain; charset=utf-8',
    'text/event-streams',
    'application/json; text/event-stream',
    '',
  ])('must not be %j', async (contentType) => {
    const server = await serving('data: a\n\n', { 'content-type': contentType });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.error).toBeInstanceOf(ContentTypeError);
    expect(recording.error).toMatchObject({
      contentType,
      expected: 'text/event-stream',
      url: server.url,
      attempt: 1,
    });
    expect(server.exchanges).toHaveLength(1);
  });

  it('must be there, and the connection is closed without it', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200).write('data: a\n\n');
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'ContentTypeError', contentType: null });
    await server.disconnected(1);
  });

  it.each([201, 206, 304])('does not matter for status %i, which is not a stream', async (status) => {
    const server = await httpServer((_, response) => {
      response.writeHead(status, { 'content-type': 'text/event-stream' }).end();
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status });
  });
});

describe('the text of fromChunkedFetch', () => {
  const bytes = Uint8Array.of(0x80, 0xe9); // '€é' in windows-1252, malformed in UTF-8

  it.each([
    ['text/plain; charset=windows-1252', '€é'],
    ['text/plain; charset="windows-1252"', '€é'],
    ['text/plain;CHARSET=Windows-1252;x=1', '€é'],
    ['text/plain; charset=iso-8859-1', '€é'],
    ['text/plain; charset=martian', '\uFFFD\uFFFD'],
    ['text/plain', '\uFFFD\uFFFD'],
  ])('of %j is in that charset, else in UTF-8', async (contentType, text) => {
    const server = await serving(bytes, { 'content-type': contentType });
    const recording = record(fromChunkedFetch(server.url));
    await recording.ended();
    expect(recording.values.join('')).toBe(text);
  });

  it('is in the encoding that the caller says, whatever the server says', async () => {
    const server = await serving(bytes, { 'content-type': 'text/plain; charset=utf-8' });
    const recording = record(fromChunkedFetch(server.url, { encoding: 'windows-1252' }));
    await recording.ended();
    expect(recording.values.join('')).toBe('€é');
  });

  it('says what is left of a character that never became whole', async () => {
    const server = await serving(Uint8Array.of(0x61, 0xe2, 0x9c));
    const recording = record(fromChunkedFetch(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ outcome: 'complete' });
    expect(recording.values.join('')).toBe('a\uFFFD');
  });

  it('can be left as bytes', async () => {
    const server = await serving(bytes, { 'content-type': 'text/plain; charset=windows-1252' });
    const recording = record(fromChunkedFetch(server.url, { responseType: 'bytes' }));
    await recording.ended();
    expect(Buffer.concat(recording.values)).toEqual(Buffer.from(bytes));
    expect(ArrayBuffer.isView(recording.values[0])).toBe(true);
  });
});

describe('the values of fromNdjsonFetch', () => {
  it('are read whatever the media type says', async () => {
    const server = await serving('null\n0\n""\nfalse\n', { 'content-type': 'text/html' });
    const recording = record(fromNdjsonFetch(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [null, 0, '', false], outcome: 'complete' });
  });

  it.each<[string, NdjsonFetchInit<unknown>]>([
    ['at once', {}],
    ['in their own time', { onBadLine: (_, error) => throwError(() => error) }],
  ])('that are bad, told %s, are errors that say of which request', async (_, init) => {
    const server = await serving('1\n{"a":\n');
    const recording = record(fromNdjsonFetch(server.url, init));
    await recording.ended();
    expect(recording.values).toEqual([1]);
    expect(recording.error).toMatchObject({
      name: 'StreamParseError',
      lineNumber: 2,
      url: server.url,
      attempt: 1,
    });
  });
});
