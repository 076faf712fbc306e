import { NEVER, concat, of } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit, StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charset } from '../../src/client/charset';
import { essenceOf } from '../../src/client/essenceOf';
import { retryAfterOf } from '../../src/client/retryAfterOf';
import { flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { finalOutcomeOf } from '../support/outcome';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';

const json = '{"error":"no such model"}';

const responding =
  (contentType: string | null, body: StreamResponse['body'] = [utf8('data: a\n\n')]): StreamFetch =>
  () =>
    of({
      ok: true,
      status: 200,
      statusText: '',
      headers: new Headers({ ...(contentType !== null && { 'content-type': contentType }), 'x-id': '7' }),
      url: '',
      body,
    });

const outcomeOf = (
  contentType: string | null,
  init: EventSourceFetchInit,
): ReturnType<typeof finalOutcomeOf> =>
  finalOutcomeOf(fromEventSource('/feed', { fetch: responding(contentType), reconnect: false, ...init }));

describe('mediaTypes', () => {
  const mediaTypes = ['application/X-events', 'text/plain'];

  it.each(['application/x-events', 'Text/Plain; charset=utf-8', 'text/html, application/x-EVENTS;a="b,c"'])(
    'take %j for an event stream, in any case and with any parameters',
    async (contentType) => {
      expect(await outcomeOf(contentType, { mediaTypes })).toMatchObject({ values: [{ data: 'a' }] });
    },
  );

  it.each(['text/event-stream', 'application/x-events2', 'text/html; x=text/plain', null])(
    'take %j for an answer of another kind',
    async (contentType) => {
      expect((await outcomeOf(contentType, { mediaTypes })).error).toMatchObject({
        name: 'ContentTypeError',
        expected: 'application/X-events or text/plain',
        contentType,
      });
    },
  );

  it('are what the request accepts, unless it says so itself', () => {
    scheduled(({ cold, flush }) => {
      const server = marbleFetch(cold, () => ({ body: '-' }));
      record(fromEventSource('/feed', { fetch: server.fetch, mediaTypes }));
      record(fromEventSource('/feed', { fetch: server.fetch, mediaTypes, headers: { accept: '*/*' } }));
      record(fromEventSource('/feed', { fetch: server.fetch }));
      flush();
      expect(server.requests.map(({ headers }) => headers.get('accept'))).toEqual([
        'application/X-events, text/plain',
        '*/*',
        'text/event-stream',
      ]);
    });
  });
});

describe('An answer of another kind', () => {
  it('is an error with its status, headers and text, and is not asked again', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-id': '7' }).end(json);
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({
      name: 'ContentTypeError',
      message: `Expected text/event-stream, got application/json: ${json}`,
      contentType: 'application/json',
      status: 200,
      body: json,
      url: server.url,
      attempt: 1,
    });
    expect((recording.error as { headers: Headers }).headers.get('x-id')).toBe('7');
    expect(server.exchanges).toHaveLength(1);
  });

  it('is told by its first 65 536 characters, and cancelled', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      flood(response, () => 'x'.repeat(65_536));
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect((recording.error as { body: string }).body).toBe('x'.repeat(65_536));
    await server.disconnected(1);
  });

  it('is told with what has come of its text within 2 s', () => {
    scheduled(({ expectObservable }) => {
      const fetch = responding('text/html', concat(of(utf8('<p>')), NEVER));
      expectObservable(fromEventSource('/feed', { fetch })).toBe(
        '2000ms #',
        undefined,
        expect.objectContaining({ name: 'ContentTypeError', body: '<p>' }),
      );
    });
  });
});

describe('What a header says', () => {
  const LONG = 256 * 1024;
  const headers = (value: string): Headers => ({ get: () => value }) as unknown as Headers;

  // Quadratic time takes ten seconds for each text.
  it.each(['\u2028', ' ', ',', ';', '/', ',/', ';/,', ', ', '; charset', 'text/event-stream,\u2028'])(
    'is read in linear time (%j)',
    { timeout: 9_000 },
    (piece) => {
      const many = piece.repeat(LONG / piece.length);
      for (const value of [many, `x${many}`, `text/event-stream${many}x`, `;${many}charset${many}`]) {
        expect(essenceOf(value)).toBe(essenceOf(value).trim());
        expect(charset(headers(value))).toBeUndefined();
        expect(retryAfterOf(headers(value))).toBeUndefined();
      }
    },
  );

  it('of the content type is its last whole essence, whatever stands around', () => {
    const space = fc.stringMatching(/^[ \t]{0,3}$/);
    const parameters = fc.constantFrom('', ';', '; charset=utf-8', ' ; a="b,c"', ';a=b;c=d');
    const type = fc.constantFrom('text/event-stream', 'Text/HTML', 'application/json');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(space, type, space, parameters), { minLength: 1, maxLength: 4 }),
        (values) => {
          const text = values.map((each) => each.join('')).join(',');
          expect(essenceOf(text)).toBe(values.at(-1)![1].toLowerCase());
        },
      ),
    );
  });
});
