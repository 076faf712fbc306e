import { map, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleFetch, MarbleRequest, MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { producer } from '../support/producer';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

describe('the README: Retry for NDJSON', () => {
  interface Row {
    readonly id: number;
  }
  const ids = (row$: Observable<Row>): Observable<number> => row$.pipe(map(({ id }) => id));
  const line = (id: number): string => `${JSON.stringify({ id })}\n`;

  let server: MarbleFetch;
  const recipe = (): Promise<{ row$: Observable<Row> }> =>
    evaluate('Retry for NDJSON', {}, { fetch: (input, init) => server.fetch(input, init) });

  it('continues after the last row, whatever is cut', async () => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [
        { body: 'ab-#', chunks: { a: line(1), b: `${line(2)}{"id":` } },
        { response: '#' },
        { body: 'c|', chunks: { c: `${line(3)}{"id":` } }, // a clean end within a row
        { body: 'd|', chunks: { d: line(4) } },
      ]);
      expectObservable(ids(row$)).toBe('ab 6001ms c 2000ms d|', { a: 1, b: 2, c: 3, d: 4 });
      flush();
      expect(server.requests.map(({ url }) => url)).toEqual([
        '/rows?after=0',
        '/rows?after=2',
        '/rows?after=2',
        '/rows?after=3',
      ]);
    });
  });

  it('loses and doubles no row, at whichever byte a response is cut', async () => {
    const { row$ } = await recipe();
    const rows = [1, 2, 3, 10, 11, 12];
    const after = ({ url }: MarbleRequest): number =>
      Number(new URL(url, 'http://localhost').searchParams.get('after'));
    const { length } = rows.map(line).join('');
    for (let cut = 0; cut <= length; cut++) {
      for (const end of ['#', '|']) {
        scheduled(({ cold, expectObservable, flush }) => {
          server = marbleFetch(cold, (request): MarbleResponse => {
            const text = rows
              .filter((id) => id > after(request))
              .map(line)
              .join('');
            const first = server.requests.length === 1;
            const sent = first ? text.slice(0, cut) : text;
            return { body: sent ? `(a${first ? end : '|'})` : first ? end : '|', chunks: { a: sent } };
          });
          const all$ = ids(row$).pipe(toArray());
          let seen: number[] = [];
          expectObservable(all$.pipe(map((values) => (seen = values).length)));
          flush();
          // A clean end between two rows is one of the stream.
          const whole = end === '|' && /(^|\n|\})$/.test(rows.map(line).join('').slice(0, cut));
          expect(seen).toEqual(whole ? rows.slice(0, seen.length) : rows);
        });
      }
    }
  });

  it('waits as long as the server asks for, and no longer than a timer can', async () => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [
        { status: 429, headers: { 'retry-after': '20' }, body: '|' },
        { status: 503, headers: { 'retry-after': '99999999' }, body: '|' },
        { body: '|' },
      ]);
      expectObservable(row$).toBe(`${20_000 + 2 ** 31 - 1}ms |`);
      flush();
    });
  });

  it.each([400, 401, 403, 404, 410, 501])('gives up on %i at once', async (status) => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [{ status, body: '|' }]);
      expectObservable(row$.pipe(map(() => 0))).toBe(
        '#',
        {},
        expect.objectContaining({ name: 'HttpStatusError', status }),
      );
      flush();
      expect(server.requests).toHaveLength(1);
    });
  });

  it.each(['null\n', '{"id"\n'])('gives up on a row that it cannot read: %j', async (bad) => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [{ body: 'a-', chunks: { a: line(1) + bad } }]);
      expectObservable(ids(row$)).toBe('(a#)', { a: 1 }, expect.any(Error));
      flush();
      expect(server.requests).toHaveLength(1);
    });
  });

  it('gives up on a server that stays away', async () => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, () => ({ response: '#' }));
      const waits = 2_000 + 4_000 + 8_000 + 16_000 + 32_000;
      expectObservable(row$).toBe(`${waits}ms #`, {}, expect.objectContaining({ phase: 'connect' }));
      flush();
      expect(server.requests).toHaveLength(6);
    });
  });

  it('begins at the first row for a second subscriber', async () => {
    const { row$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, () => ({ body: '(a|)', chunks: { a: line(1) } }));
      expectObservable(ids(row$)).toBe('(a|)', { a: 1 });
      expectObservable(ids(row$), '5ms ^').toBe('5ms (a|)', { a: 1 });
      flush();
      expect(server.requests.map(({ url }) => url)).toEqual(['/rows?after=0', '/rows?after=0']);
    });
  });
});

describe('the README: Code that wants addEventListener', () => {
  it('is given the messages by their type, until it stops', async () => {
    const ticks = producer({ type: 'tick', data: 1 });
    const { url } = await webServer((request) => toNdjsonResponse(ticks.source, { request }));
    const printed: unknown[] = [];
    const console = { log: (value: unknown) => printed.push(value) };
    const { stop } = await evaluate<{ stop: AbortController }>(
      'Code that wants addEventListener',
      { console },
      { server: url },
    );
    await eventually(() => printed).toEqual([1]);
    ticks.next({ type: 'other', data: 2 });
    ticks.next({ type: 'tick', data: 3 });
    await eventually(() => printed).toEqual([1, 3]);
    stop.abort();
    await ticks.observedBy(0);
  });
});
