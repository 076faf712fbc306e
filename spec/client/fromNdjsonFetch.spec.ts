import { NEVER, Subject, concat, delay, map, of, retry, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import type { LifecycleEvent, NdjsonFetchInit, StandardSchema } from 'rxjs-http-streams';
import {
  StreamParseError,
  StreamServerError,
  StreamTruncatedError,
  StreamValidationError,
} from 'rxjs-http-streams';
import { marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scheduled } from '../support/scheduler';

const chunks = {
  a: '{"n":1}\n',
  b: '{"n":2}\n',
  h: '{"n":',
  l: '{"n":1234567890',
  m: '1\n2\n3\n4\n',
  t: '3}\n',
  x: 'nonsense\n',
  y: '{"n":1}\nnonsense\n{"n":2}\n',
};
const one = { n: 1 };
const two = { n: 2 };

/** Expects the rows that a reader makes of one response, in marbles. */
function expectRows(
  response: MarbleResponse,
  init: NdjsonFetchInit<unknown>,
  marbles: string,
  values?: Record<string, unknown>,
  error?: unknown,
): void {
  scheduled(({ cold, expectObservable }) => {
    const { fetch } = marbleFetch(cold, [{ chunks, ...response }]);
    expectObservable(fromNdjsonFetch('/rows', { fetch, ...init })).toBe(marbles, values, error);
  });
}

describe('fromNdjsonFetch', () => {
  it('emits a value a line, as it arrives, and completes at the clean end', () => {
    expectRows({ response: '--r', body: '-a-h-t-|' }, {}, '---a---t-|', { a: one, t: { n: 3 } });
  });

  it('takes null, 0, "" and false for values, and the media type for what it is', () => {
    const headers = { 'content-type': 'application/json' };
    const body = '(v|)';
    const values = { a: null, b: 0, c: '', d: false };
    expectRows({ headers, body, chunks: { v: 'null\n0\n""\nfalse' } }, {}, '(abcd|)', values);
  });

  it('completes at once where there is no body', () => {
    expectRows({ status: 204 }, {}, '|');
    expectRows({ body: '|' }, {}, '|');
  });

  it.each<[string, MarbleResponse, NdjsonFetchInit<unknown>, string, object]>([
    [
      'a status that is not ok',
      { status: 500, body: '|' },
      {},
      '#',
      { name: 'HttpStatusError', status: 500 },
    ],
    ['no response', { response: '--#' }, {}, '--#', { name: 'StreamNetworkError', phase: 'connect' }],
    ['a cut', { body: '-a-h-#' }, {}, '-a---#', { name: 'StreamNetworkError', phase: 'body' }],
    [
      'an end within a value',
      { body: '-a-h-|' },
      {},
      '-a---#',
      { name: 'StreamTruncatedError', pending: '{"n":' },
    ],
    [
      'a line that is not JSON',
      { body: '-ax-' },
      {},
      '-a#',
      { name: 'StreamParseError', lineNumber: 2, offset: 8 },
    ],
    [
      'a line that is too long',
      { body: '-al-' },
      { maxLineLength: 9 },
      '-a#',
      { name: 'StreamLimitError', limit: 9 },
    ],
    [
      'silence',
      { body: '-a-' },
      { idleTimeout: 10 },
      '-a 9ms #',
      { name: 'StreamTimeoutError', idleTimeout: 10 },
    ],
  ])('with what came before delivered, ends at %s', (_, response, init, marbles, error) => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [{ chunks, ...response }]);
      const matching = expect.objectContaining({ attempt: 1, url: '/rows', ...error }) as unknown;
      expectObservable(fromNdjsonFetch('/rows', { fetch, ...init })).toBe(marbles, { a: one }, matching);
    });
  });

  it('never sends a request twice on its own; retry does, each time anew', () => {
    scheduled(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, [
        { chunks, body: '-#' },
        { chunks, body: '-a|' },
      ]);
      const rows = fromNdjsonFetch('/rows', { fetch: server.fetch });
      expectObservable(rows.pipe(retry({ count: 1, delay: 5 }))).toBe('- 5ms -a|', { a: one });
      flush();
      expect(server.requests).toHaveLength(2);
    });
  });

  describe('schema', () => {
    const schema = z.object({ n: z.number().transform((n) => `#${n}`) });

    it('gives its output', () => {
      expectRows({ body: '-a-b|' }, { schema }, '-a-b|', { a: { n: '#1' }, b: { n: '#2' } });
    });

    it('errors with its issues, after the values before', () => {
      scheduled(({ cold, expectObservable }) => {
        const { fetch } = marbleFetch(cold, [{ body: '-a-x', chunks: { ...chunks, x: '{"n":"1"}\n' } }]);
        const error = expect.objectContaining({
          name: 'StreamValidationError',
          issues: [expect.objectContaining({ path: ['n'] })],
          value: { n: '1' },
          url: '/rows',
        }) as unknown;
        expectObservable(fromNdjsonFetch('/rows', { fetch, schema })).toBe('-a-#', { a: { n: '#1' } }, error);
      });
    });

    it('may be asynchronous: the order is kept, and reading waits', async () => {
      const asynchronous: StandardSchema<number> = {
        '~standard': {
          version: 1,
          vendor: 'spec',
          validate: async (value) => {
            await new Promise((resolve) => setImmediate(resolve));
            return { value: (value as { n: number }).n };
          },
        },
      };
      const values: number[] = [];
      await new Promise<void>((resolve) => {
        fromNdjsonFetch('/rows', {
          fetch: () => of(new Response('{"n":1}\n{"n":2}\n{"n":3}')),
          schema: asynchronous,
        }).subscribe({ next: (value) => values.push(value), complete: resolve });
      });
      expect(values).toEqual([1, 2, 3]);
    });
  });

  describe('onBadLine', () => {
    it('skips', () => {
      expectRows({ body: '-a-x-b|' }, { onBadLine: 'skip' }, '-a---b|', { a: one, b: two });
    });

    it('answers in the place of the line, in its own time', () => {
      expectRows(
        { body: '-y|' },
        { onBadLine: (line, error) => of(line, error.name).pipe(delay(2)) },
        '-a-(xyb|)',
        { a: one, x: 'nonsense', y: 'StreamParseError', b: two },
      );
    });

    it('does not take a cut for a bad line', () => {
      const error = expect.objectContaining({ name: 'StreamTruncatedError', pending: '{"n":' }) as unknown;
      expectRows({ body: '-a-h|' }, { onBadLine: 'skip' }, '-a--#', { a: one }, error);
    });
  });

  describe('project', () => {
    const slowly = <T>(value: T): Observable<T> => timer(3).pipe(map(() => value));
    const four = { a: 1, b: 2, c: 3, d: 4 };

    it('runs one projection at a time, in order', () => {
      scheduled(({ cold, expectObservable }) => {
        const { fetch } = marbleFetch(cold, [{ chunks, body: 'm|' }]);
        expectObservable(fromNdjsonFetch('/rows', { fetch, project: slowly })).toBe('---a--b--c--(d|)', four);
      });
    });

    it('runs as many as it may, and numbers them', () => {
      scheduled(({ cold, expectObservable, flush }) => {
        const indices: number[] = [];
        const { fetch } = marbleFetch(cold, [{ chunks, body: 'm|' }]);
        const rows = fromNdjsonFetch('/rows', {
          fetch,
          concurrent: 3,
          project: (row, index) => {
            indices.push(index);
            return timer(9).pipe(map(() => row));
          },
        });
        expectObservable(rows).toBe('9ms (abc) 4ms (d|)', four);
        flush();
        expect(indices).toEqual([0, 1, 2, 3]);
      });
    });

    it('projects all that came before an error', () => {
      scheduled(({ cold, expectObservable }) => {
        const { fetch } = marbleFetch(cold, [{ chunks, body: 'm-#' }]);
        const error = expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' }) as unknown;
        const rows = fromNdjsonFetch('/rows', { fetch, project: slowly });
        expectObservable(rows).toBe('---a--b--c--(d#)', four, error);
      });
    });

    it('passes on its own error at once', () => {
      scheduled(({ cold, expectObservable }) => {
        const mine = new Error('mine');
        const { fetch } = marbleFetch(cold, [{ chunks, body: 'm--' }]);
        const rows = fromNdjsonFetch('/rows', { fetch, project: () => throwError(() => mine) });
        expectObservable(rows).toBe('#', {}, mine);
      });
    });

    it('leaves an error alone that names another request', () => {
      scheduled(({ cold, expectObservable }) => {
        const { fetch } = marbleFetch(cold, [
          { chunks, body: 'm' },
          { status: 404, body: '|' },
        ]);
        const project = (): Observable<unknown> => fromNdjsonFetch('/other', { fetch });
        const error = expect.objectContaining({ url: '/other', attempt: 1 }) as unknown;
        expectObservable(fromNdjsonFetch('/rows', { fetch, project })).toBe('#', {}, error);
      });
    });

    it('goes with onBadLine: the values in its place are projected', () => {
      scheduled(({ cold, expectObservable }) => {
        const { fetch } = marbleFetch(cold, [{ chunks, body: '-(y|)' }]);
        const rows = fromNdjsonFetch('/rows', {
          fetch,
          onBadLine: () => of('bad', 'line'),
          project: (row, index) => of([index, row]),
        });
        expectObservable(rows).toBe('-(abcd|)', { a: [0, one], b: [1, 'bad'], c: [2, 'line'], d: [3, two] });
      });
    });
  });

  describe("terminal: 'notification'", () => {
    const lines = {
      a: '{"kind":"N","value":{"n":1}}\n',
      b: '{"kind":"N","value":{"n":2}}\n',
      c: '{"kind":"C"}\n',
      e: '{"kind":"E","error":"out of paper"}\n',
      s: '{"kind":"N","value":"no row"}\n',
      w: '{"n":1}\n',
    };
    const schema = z.object({ n: z.number() });
    const located = (error: Error): Error => Object.assign(error, { url: '/rows', attempt: 1 });
    const expectNotified = (
      body: string,
      init: NdjsonFetchInit<unknown>,
      marbles: string,
      error?: Error,
    ): void => {
      const values = { a: one, b: two };
      expectRows({ body, chunks: lines }, { terminal: 'notification', ...init }, marbles, values, error);
    };

    it('completes at the completion, at once, and leaves the rest of the body', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const server = marbleFetch(cold, [{ body: '-a-c--b-|', chunks: lines }]);
        const rows = fromNdjsonFetch('/rows', { fetch: server.fetch, terminal: 'notification' });
        expectObservable(rows).toBe('-a-|', { a: one });
        flush();
        expectSubscriptions(server.requests[0]!.subscriptions).toBe('^--!');
        expect(server.requests[0]!.signal.aborted).toBe(true);
      });
    });

    it('errors with what the server says, after the values before it', () => {
      expectNotified('-a-e-b-|', {}, '-a-#', located(new StreamServerError({ reason: 'out of paper' })));
    });

    it('knows a clean end without either for a cut', () => {
      expectNotified(
        '-a-b-|',
        {},
        '-a-b-#',
        located(new StreamTruncatedError({ missing: 'its last notification' })),
      );
      expectNotified('|', {}, '#', located(new StreamTruncatedError({ missing: 'its last notification' })));
    });

    it('errors on a line that is not a notification, also where bad lines are skipped', () => {
      const error = located(
        new StreamParseError({ line: lines.w.trim(), lineNumber: 2, offset: 29, expected: 'a notification' }),
      );
      expectNotified('-a-w-b-c', {}, '-a-#', error);
      expectNotified('-a-w-b-c', { onBadLine: 'skip' }, '-a-#', error);
    });

    it('takes the lines for what they are if omitted', () => {
      expectRows({ body: '-w-c-|', chunks: lines }, {}, '-w-c-|', { w: one, c: { kind: 'C' } });
      expectRows({ body: '-c-|', chunks: lines }, { terminal: 'none' }, '-c-|', { c: { kind: 'C' } });
    });

    it('judges the value inside by the schema', () => {
      expectNotified('-a-b-c', { schema }, '-a-b-|');
      const issues = [{ message: 'Invalid input: expected object, received string' }];
      scheduled(({ cold, flush }) => {
        const { fetch } = marbleFetch(cold, [{ body: '-a-s-', chunks: lines }]);
        let error: unknown;
        fromNdjsonFetch('/rows', { fetch, schema, terminal: 'notification' }).subscribe({
          error: (reason: unknown) => (error = reason),
        });
        flush();
        expect(error).toBeInstanceOf(StreamValidationError);
        expect(error).toMatchObject({ issues, value: 'no row' });
      });
    });

    it('gives onBadLine the value inside, and completes after what it answers', () => {
      const seen: string[] = [];
      const onBadLine = (line: string): Observable<unknown> => {
        seen.push(line);
        return of(two).pipe(delay(3));
      };
      expectNotified('-a-s-c', { schema, onBadLine }, '-a----(b|)');
      expect(seen).toEqual(['"no row"']);
      expectNotified('-a-s-b-c', { schema, onBadLine: 'skip' }, '-a---b-|');
    });

    it.each([
      ['completion', 'c', undefined],
      ['error', 'e', 'StreamServerError'],
    ])('projects all values before its %s', (_, end, name) => {
      scheduled(({ cold, flush }) => {
        const { fetch } = marbleFetch(cold, [{ body: `(ab${end})`, chunks: lines }]);
        const log: unknown[] = [];
        fromNdjsonFetch('/rows', {
          fetch,
          terminal: 'notification',
          project: (row) => of(row).pipe(delay(10)),
        }).subscribe({
          next: (row) => log.push(row),
          error: (error: unknown) => log.push((error as Error).name),
          complete: () => log.push(undefined),
        });
        flush();
        expect(log).toEqual([one, two, name]);
      });
    });
  });

  it("gives its life with observe: 'lifecycle', with the bytes that have come and those to come", () => {
    scheduled(({ cold, flush }) => {
      const events: LifecycleEvent<unknown>[] = [];
      const headers = { 'content-length': '16' };
      const { fetch } = marbleFetch(cold, [{ chunks, headers, body: '-a-b|' }]);
      fromNdjsonFetch('/rows', { fetch, observe: 'lifecycle' }).subscribe((event) => events.push(event));
      flush();
      expect(events).toEqual([
        { type: 'connecting', attempt: 1 },
        { type: 'open', response: expect.objectContaining({ status: 200 }) as unknown },
        { type: 'progress', loaded: 8, total: 16, received: 8 },
        { type: 'value', value: one },
        { type: 'progress', loaded: 16, total: 16, received: 16 },
        { type: 'value', value: two },
      ]);
    });
  });

  it('does not take the length of compressed content for that of its text', () => {
    scheduled(({ cold, flush }) => {
      const totals: unknown[] = [];
      const headers = { 'content-length': '16', 'content-encoding': 'gzip' };
      const { fetch } = marbleFetch(cold, [{ chunks, headers, body: '-a|' }]);
      fromNdjsonFetch('/rows', { fetch, observe: 'lifecycle' }).subscribe((event) => {
        if (event.type === 'progress') totals.push(event.total);
      });
      flush();
      expect(totals).toEqual([undefined]);
    });
  });

  it('ends a projection that is under way when the signal aborts, with its reason', () => {
    const controller = new AbortController();
    const projection = new Subject<never>();
    const body = concat(of(utf8('1\n')), NEVER);
    const errors: unknown[] = [];
    fromNdjsonFetch('/rows', {
      fetch: () => of({ ok: true, status: 200, statusText: '', url: '', headers: new Headers(), body }),
      signal: controller.signal,
      project: () => projection,
    }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(projection.observed).toBe(true);

    controller.abort('enough');
    expect(errors).toEqual(['enough']);
    expect(projection.observed).toBe(false);
  });

  it.each<[object, string]>([
    [{ maxLineLength: 0 }, 'maxLineLength'],
    [{ idleTimeout: 0 }, 'idleTimeout'],
    [{ concurrent: 0 }, 'concurrent'],
  ])('refuses %j when it is called', (init, option) => {
    expect(() => fromNdjsonFetch('/rows', init)).toThrow(TypeError);
    expect(() => fromNdjsonFetch('/rows', init)).toThrow(option);
  });
});
