import { NEVER, from, map, retry, scan, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { endOn, fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { chunksOf, marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { scheduled } from '../support/scheduler';

describe('marbleFetch', () => {
  it('answers in its own time: with a response, with a failure, or never', () => {
    scheduled(({ cold, expectObservable }) => {
      const failure = new TypeError('refused');
      const server = marbleFetch(cold, [
        { response: '--r', body: '-a|' },
        { response: '--#', error: failure },
        { response: '-' },
      ]);
      const text$ = fromChunkedFetch('/', { fetch: server.fetch });
      expectObservable(text$).toBe('---a|');
      expectObservable(text$).toBe('--#', undefined, expect.objectContaining({ cause: failure }));
      expectObservable(text$).toBe('-');
    });
  });

  it('cuts a body where the marbles say so', () => {
    scheduled(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, [{ body: '-a-#' }]);
      const error = expect.objectContaining({
        phase: 'body',
        cause: expect.any(TypeError) as unknown,
      }) as unknown;
      expectObservable(fromChunkedFetch('/', { fetch: server.fetch })).toBe('-a-#', undefined, error);
    });
  });

  it('records every request, and never answers one that comes after the last answer', () => {
    scheduled(({ cold, flush }) => {
      const server = marbleFetch(cold, [{ body: '|' }]);
      fromEventSource('/feed', {
        fetch: server.fetch,
        method: 'POST',
        headers: { 'x-app': '1' },
        body: 'hello',
        reconnect: true,
      }).subscribe();
      flush();
      expect(server.requests).toHaveLength(2);
      expect(server.requests[1]).toMatchObject({ frame: 3_000, url: '/feed', method: 'POST', body: 'hello' });
      expect(server.requests[1]?.headers.get('x-app')).toBe('1');
    });
  });

  it('tells a Request from an address', () => {
    scheduled(({ cold, flush }) => {
      const server = marbleFetch(cold, [{ body: '|' }, { body: '|' }]);
      const { fetch } = server;
      fromChunkedFetch(new Request('http://localhost/a', { method: 'PUT' }), { fetch }).subscribe();
      fromChunkedFetch(new URL('http://localhost/b'), { fetch }).subscribe();
      flush();
      expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'PUT http://localhost/a',
        'GET http://localhost/b',
      ]);
    });
  });

  it('may decide by the request', () => {
    scheduled(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, ({ headers }) =>
        headers.has('authorization') ? { body: 'a|' } : { status: 401, body: '|' },
      );
      const { fetch } = server;
      expectObservable(fromChunkedFetch('/', { fetch, headers: { authorization: 'x' } })).toBe('a|');
      expectObservable(fromChunkedFetch('/', { fetch })).toBe(
        '#',
        undefined,
        expect.objectContaining({ status: 401 }),
      );
    });
  });

  it('tells when a body was read and when its client left', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const server = marbleFetch(cold, [{ response: '--r', body: '-a-b-' }]);
      expectObservable(fromChunkedFetch('/', { fetch: server.fetch }).pipe(take(2))).toBe('---a-(b|)');
      flush();
      expectSubscriptions(server.requests[0]!.subscriptions).toBe('--^--!');
      expect(server.requests[0]!.signal.aborted).toBe(true);
    });
  });

  it('sends bytes as they are and text as UTF-8', () => {
    scheduled(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, [{ body: 'ab|', chunks: { a: utf8('"€'), b: '"\n' } }]);
      expectObservable(fromNdjsonFetch('/', { fetch: server.fetch })).toBe('-v|', { v: '€' });
    });
  });
});

describe('marbleFetch with a cold that has lost its object', () => {
  // As the context of rxjs-marbles has it.
  class Context {
    constructor(private readonly helpers: RunHelpers) {}

    cold<T>(
      marbles: string,
      values?: Record<string, T>,
      error?: unknown,
    ): Observable<T> & { subscriptions: never[] } {
      return this.helpers.cold(marbles, values, error) as never;
    }
  }

  it('answers as with one that has it', () => {
    scheduled((helpers) => {
      const { expectObservable, expectSubscriptions, flush } = helpers;
      const m = new Context(helpers);
      const failure = new Error('cut');
      // eslint-disable-next-line @typescript-eslint/unbound-method -- that is the case
      const server = marbleFetch(m.cold, [
        { response: '--r', body: '-a 3ms (bc|)', chunks: { b: 'x' } },
        { body: 'a-#', error: failure },
        { body: '-a' },
        { response: '#' },
        { response: '-' },
      ]);
      const text$ = fromChunkedFetch('/', { fetch: server.fetch });
      expectObservable(text$).toBe('---a 3ms (xc|)');
      expectObservable(text$).toBe('a-#', undefined, expect.objectContaining({ cause: failure }));
      expectObservable(text$, '---!').toBe('-a');
      expectObservable(text$).toBe('#', undefined, expect.objectContaining({ phase: 'connect' }));
      expectObservable(text$).toBe('-');
      flush();
      const [first, , third] = server.requests;
      expectSubscriptions(first!.subscriptions).toBe('--^ 4ms !');
      expectSubscriptions(third!.subscriptions).toBe('^--!');
    });
  });
});

describe('a mistake in the answers of marbleFetch', () => {
  const cold = (() => NEVER) as unknown as RunHelpers['cold'];

  it.each<[string, MarbleResponse]>([
    ['responses[1]', null as never],
    ['responses[1]', 'a|' as never],
    ['responses[1].response', { response: '-^-r' }],
    ['responses[1].response', { response: '-r!' }],
    ['responses[1].response', { response: '-r-r' }],
    ['responses[1].response', { response: '--|' }],
    ['responses[1].response', { response: 5 as never }],
    ['responses[1].body', { body: 'a^b' }],
    ['responses[1].body', { body: 'ab!' }],
    ['responses[1].body', { body: 5 as never }],
    ['responses[1].status', { status: '200' as never }],
    ['responses[1].status', { status: 0 }],
    ['responses[1].headers', { headers: { 'a b': 'c' } }],
    ['responses[1].chunks', { chunks: 'x' as never }],
    ['responses[1].chunks.a', { body: 'a', chunks: { a: { data: 'x' } as never } }],
  ])('is a TypeError of %s when it is called: %o', (name, response) => {
    const expected = new RegExp(`^${name.replace(/[[\]]/g, '\\$&')}: expected `);

    expect(() => marbleFetch(cold, [{}, response])).toThrow(expected);
    expect(() => marbleFetch(cold, [{}, response])).toThrow(TypeError);
  });

  it('allows every way to answer', () => {
    const ways = ['r', '-r', '(r|)', '--r--|', '#', '--#', '-', '', '3ms r'];

    expect(() =>
      marbleFetch(
        cold,
        ways.map((response) => ({ response, body: null })),
      ),
    ).not.toThrow();
  });

  it('is thrown by fetch where a function gives them, as what that throws', () => {
    const own = new TypeError('no such header');
    const { fetch } = marbleFetch(cold, () => undefined as never);
    const failing = marbleFetch(cold, () => {
      throw own;
    });

    expect(() => fetch('/', {})).toThrow(/^the result of responses: expected an object, got undefined/);
    expect(() => failing.fetch('/', {})).toThrow(own);
    expect(failing.requests).toHaveLength(1);
  });

  it('is none where an answer is asked for again: each time is a request', () => {
    scheduled(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, [{ response: '-#' }, { response: '-r', body: '-a|' }]);
      const fetch: StreamFetch = (input, init) => from(server.fetch(input, init)).pipe(retry(1));
      expectObservable(fromChunkedFetch('/', { fetch })).toBe('---a|');
      flush();
      expect(server.requests.map(({ frame }) => frame)).toEqual([0, 1]);
    });
  });
});

describe('chunksOf', () => {
  it('cuts bytes and text into chunks of a size', () => {
    expect(chunksOf('a€', 3)).toEqual([Uint8Array.of(0x61, 0xe2, 0x82), Uint8Array.of(0xac)]);
    expect(chunksOf(Uint8Array.of(1, 2), 1)).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
    expect(chunksOf('', 1)).toEqual([]);
  });
});

// What the README offers to paste: code of an application, and its whole spec.
function chat(question: string, fetch?: StreamFetch): Observable<string> {
  return fromEventSource('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: question }] }),
    fetch,
  }).pipe(
    endOn('[DONE]'),
    map(({ data }) => (JSON.parse(data) as { delta: string }).delta),
    scan((answer, delta) => answer + delta, ''),
  );
}

describe("an application's own spec", () => {
  const chunks = { a: 'data: {"delta":"Hel"}\n\n', b: 'data: {"delta":"lo"}\n\n', d: 'data: [DONE]\n\n' };
  const run = (spec: Parameters<TestScheduler['run']>[0]): unknown =>
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(spec);

  it('shows the answer as it grows', () => {
    run(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, [{ body: '-a-b-d', chunks }]);
      expectObservable(chat('Hi', server.fetch)).toBe('-a-b-|', { a: 'Hel', b: 'Hello' });
    });
  });

  it('does not take an answer that was cut off for a whole one', () => {
    run(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, [{ body: '-a-|', chunks }]);
      const error = expect.objectContaining({ name: 'StreamTruncatedError' }) as unknown;
      expectObservable(chat('Hi', server.fetch)).toBe('-a-#', { a: 'Hel' }, error);
    });
  });

  it('continues a feed after the last message it has seen', () => {
    run(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, [
        { body: '-a-#', chunks: { a: 'id: 1\ndata: one\n\n' } },
        { status: 503, headers: { 'retry-after': '20' }, body: '|' },
        { body: '-b-', chunks: { b: 'id: 2\ndata: two\n\n' } },
      ]);
      const data$ = fromEventSource('/feed', { fetch: server.fetch, reconnect: { jitter: 0 } }).pipe(
        map(({ data }) => data),
      );
      expectObservable(data$, '30s !').toBe('-a 23002ms b', { a: 'one', b: 'two' });
      flush();
      expect(server.requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '1', '1']);
    });
  });
});
