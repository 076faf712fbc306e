import { of } from 'rxjs';
import { fromChunkedFetch } from 'rxjs-http-streams';
import type { ChunkedFetchInit } from 'rxjs-http-streams';
import { chunksOf, marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { scheduled } from '../support/scheduler';

const [c1, c2, c3] = chunksOf('€', 1) as [Uint8Array, Uint8Array, Uint8Array];
const latin = Uint8Array.of(0xe9);

function expectText(
  response: MarbleResponse,
  init: ChunkedFetchInit,
  marbles: string,
  values?: Record<string, string>,
): void {
  scheduled(({ cold, expectObservable }) => {
    const { fetch } = marbleFetch(cold, [response]);
    expectObservable(fromChunkedFetch('/text', { fetch, ...init })).toBe(marbles, values);
  });
}

const typed = (type: string): MarbleResponse => ({
  headers: { 'content-type': type },
  body: 'x|',
  chunks: { x: latin },
});

describe('fromChunkedFetch', () => {
  it('emits text as it arrives, and completes at the clean end', () => {
    expectText({ response: '-r', body: '-a-b-|' }, {}, '--a-b-|');
  });

  it('emits a character that is split over chunks whole', () => {
    expectText({ body: '-abc-|', chunks: { a: c1, b: c2, c: c3 } }, {}, '---e-|', { e: '€' });
  });

  it('emits what a character that never ends becomes', () => {
    expectText({ body: '-ab-|', chunks: { a: c1, b: c2 } }, {}, '----(e|)', { e: '\uFFFD' });
  });

  it('drops a byte order mark at the very start, and no other', () => {
    expectText({ body: 'ab|', chunks: { a: '\uFEFF\uFEFFa', b: '\uFEFFb' } }, {}, 'ab|', {
      a: '\uFEFFa',
      b: '\uFEFFb',
    });
  });

  it.each([
    ['text/plain; charset=iso-8859-1', 'e|', 'é'],
    ['text/plain;CHARSET="windows-1252"', 'e|', 'é'],
    ['text/plain; charset=koi8-r', 'e|', 'И'],
    ['text/plain', '-(e|)', '\uFFFD'],
    ['text/plain; charset=nonsense', '-(e|)', '\uFFFD'],
  ])('decodes %j by its charset, else as UTF-8', (type, marbles, e) => {
    expectText(typed(type), {}, marbles, { e });
  });

  it('decodes as it is told to, whatever the response says', () => {
    expectText(typed('text/plain; charset=utf-8'), { encoding: 'windows-1252' }, 'e|', { e: 'é' });
  });

  it("emits the chunks themselves with responseType: 'bytes'", () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [{ body: '-ab|', chunks: { a: c1, b: c2 } }]);
      const bytes$ = fromChunkedFetch('/bytes', { fetch, responseType: 'bytes' });
      expectObservable(bytes$).toBe('-ab|', { a: c1, b: c2 });
    });
  });

  it('ends with an error at a cut, whatever had arrived: a cut is never a completion', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [{ body: '-a-#' }]);
      const error = expect.objectContaining({
        name: 'StreamNetworkError',
        phase: 'body',
        url: '/text',
      }) as unknown;
      expectObservable(fromChunkedFetch('/text', { fetch })).toBe('-a-#', undefined, error);
    });
  });

  it('takes any status that is ok, and errors with the text of another', () => {
    expectText({ status: 206, body: 'a|' }, {}, 'a|');
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [{ status: 404, body: '-ab-|' }]);
      const error = expect.objectContaining({ name: 'HttpStatusError', status: 404, body: 'ab' }) as unknown;
      expectObservable(fromChunkedFetch('/text', { fetch })).toBe('----#', undefined, error);
    });
  });

  it('does not wait for a reason that never ends, nor keep all of one', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [
        { status: 500, body: '-a' },
        { status: 500, body: 'lll', chunks: { l: 'x'.repeat(40_000) } },
        { status: 500, body: '-ab-#' },
      ]);
      const error = (body: string): unknown => expect.objectContaining({ status: 500, body });
      const text$ = fromChunkedFetch('/text', { fetch });
      expectObservable(text$).toBe('2s #', undefined, error('a'));
      expectObservable(text$, '3s ^').toBe('3001ms #', undefined, error('x'.repeat(65_536)));
      expectObservable(text$, '4s ^').toBe('4004ms #', undefined, error('ab'));
    });
  });

  it('sends the init as it is, headers by name over those of a Request, which it clones', async () => {
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers: { 'x-app': '1', authorization: 'stale' },
      body: 'hello',
    });
    const sent: [Request, RequestInit][] = [];
    const text$ = fromChunkedFetch(request, {
      fetch: (input, init) => {
        sent.push([input as Request, init]);
        return of(new Response('ok'));
      },
      request: () => of({ headers: { authorization: 'fresh' } }),
      keepalive: true,
    });
    text$.subscribe();
    text$.subscribe();

    expect(await Promise.all(sent.map(([copy]) => copy.text()))).toEqual(['hello', 'hello']);
    for (const [copy, init] of sent) {
      expect(copy).not.toBe(request);
      expect(init.keepalive).toBe(true);
      const headers = new Headers(init.headers);
      expect([headers.get('x-app'), headers.get('authorization')]).toEqual(['1', 'fresh']);
    }
  });

  it('cancels the body when it is unsubscribed, also where fetch does not listen to its signal', () => {
    let cancelled = 0;
    const body = new ReadableStream<Uint8Array>({
      cancel() {
        cancelled++;
      },
    });
    const subscription = fromChunkedFetch('/text', { fetch: () => of(new Response(body)) }).subscribe();
    expect(cancelled).toBe(0);
    subscription.unsubscribe();
    expect(cancelled).toBe(1);
  });

  it('keeps its own options from fetch', () => {
    const members: string[] = [];
    fromChunkedFetch('/text', {
      fetch: (_, init) => {
        members.push(...Object.keys(init));
        return of(new Response(null));
      },
      responseType: 'bytes',
      project: (chunk) => of(chunk),
      concurrent: 2,
      observe: 'lifecycle',
      idleTimeout: 5,
      priority: 'low',
    }).subscribe();
    expect(members.sort()).toEqual(['headers', 'priority', 'signal']);
  });

  it('counts the silence before the response and between chunks of any body', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [{ response: '5ms r', body: '-a' }]);
      const error = expect.objectContaining({ name: 'StreamTimeoutError' }) as unknown;
      const text$ = fromChunkedFetch('/text', { fetch, idleTimeout: 6 });
      expectObservable(text$).toBe('5ms -a 5ms #', undefined, error);
    });
  });

  it.each([
    [{ encoding: 'nonsense' }, 'encoding'],
    [{ idleTimeout: -1 }, 'idleTimeout'],
  ])('refuses %j when it is called', (init, option) => {
    expect(() => fromChunkedFetch('/text', init)).toThrow(TypeError);
    expect(() => fromChunkedFetch('/text', init)).toThrow(option);
  });

  it('errors with the reason of a signal that was aborted before, and sends nothing', () => {
    const sent: unknown[] = [];
    const errors: unknown[] = [];
    fromChunkedFetch('/text', {
      fetch: (input) => {
        sent.push(input);
        return of(new Response('x'));
      },
      signal: AbortSignal.abort('gone'),
    }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect([sent, errors]).toEqual([[], ['gone']]);
  });
});
