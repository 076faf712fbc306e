import { ShapeStream } from '@electric-sql/client';
import type { Message } from '@electric-sql/client';
import { Observable, concat, mergeMap, take, throwError } from 'rxjs';
import { fromEventSource, isHttpStatusError, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { brokenPath } from '../../../spec/support/brokenPath';
import { record } from '../../../spec/support/recording';
import type { Recording } from '../../../spec/support/recording';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { shapeServer } from '../support/shapeServer';
import type { Issue } from '../support/shapeServer';
import { fromShape } from './fromShape';
import { rowsOf } from './rowsOf';

forbidUnhandledRejections();

type Read = (url: string) => Observable<Message<Issue>>;

/** Reads by the official client. */
const official =
  (liveSse: boolean): Read =>
  (url) =>
    new Observable<Message<Issue>[]>((observer) => {
      const stop = new AbortController();
      new ShapeStream<Issue>({
        url: `${url}v1/shape`,
        params: { table: 'issues' },
        liveSse,
        signal: stop.signal,
        // Without it, a page that was cut is the end of the client.
        onError: () => ({}),
        backoffOptions: { initialDelay: 1, maxDelay: 1, multiplier: 1 },
      }).subscribe((messages) => {
        observer.next(messages);
      });
      return () => {
        stop.abort();
      };
    }).pipe(mergeMap((messages) => messages));

const ours =
  (sse: boolean): Read =>
  (url) =>
    fromShape<Issue>(`${url}v1/shape?table=issues`, { sse, pause: 1 });

const readers: { name: string; read: Read; sse: boolean }[] = [
  { name: 'the official client, by polling', read: official(false), sse: false },
  { name: 'the official client, by events', read: official(true), sse: true },
  { name: 'the reader, by polling', read: ours(false), sse: false },
  { name: 'the reader, by events', read: ours(true), sse: true },
];

/** Records until the test is over. */
function recorded<T>(source: Observable<T>): Recording<T> {
  const recording = record(source);
  onTestFinished(() => {
    recording.subscription.unsubscribe();
  });
  return recording;
}

const issues = (from: number, to: number): Issue[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ id: `${from + n}`, title: `Issue ${from + n}` }));

const wordOf = (message: Message<Issue>): string => {
  if (!('key' in message)) return message.headers.control as string;
  const { id, title } = message.value as Partial<Issue>;
  return [message.headers.operation, id, title].join(' ').trim();
};

/** The newest rows. */
const rowsIn = ({ values }: Recording<ReadonlyMap<string, Issue>>): readonly Issue[] => [
  ...(values.at(-1)?.values() ?? []),
];

describe.each(readers)('a shape, read by $name', ({ read, sse }) => {
  async function shape(...rows: readonly Issue[]) {
    const served = shapeServer(2, ...rows);
    const server = await webServer(served.answer);
    return { ...served, ...server };
  }

  it('gives its rows, page by page, and then each change', async () => {
    const { url, commit, exchanges } = await shape(...issues(1, 3));
    const messages = recorded(read(url));
    await messages.received(4);
    commit(['update', { id: '1', title: 'Closed' }], ['insert', { id: '4', title: 'Issue 4' }]);
    await messages.received(7);
    commit(['delete', { id: '2' }]);
    await messages.received(9);
    expect(messages.values.map(wordOf)).toEqual([
      ...['insert 1 Issue 1', 'insert 2 Issue 2', 'insert 3 Issue 3', 'up-to-date'],
      ...['update 1 Closed', 'insert 4 Issue 4', 'up-to-date'],
      ...['delete 2', 'up-to-date'],
    ]);
    const live = exchanges.filter(({ request }) => request.url?.includes('live=true'));
    expect(live.every(({ request }) => request.url?.includes('live_sse=true') === sse)).toBe(true);
  });

  it('is read on when the server ends a live request', async () => {
    const { url, commit, timeOut, exchanges } = await shape(...issues(1, 1));
    const rows = recorded(rowsOf(read(url)));
    await rows.received(1);
    await eventually(() => exchanges.at(-1)?.request.url).toContain('live=true');
    const asked = exchanges.length;
    timeOut();
    await eventually(() => exchanges.length).toBeGreaterThan(asked);
    commit(['insert', { id: '2', title: 'Issue 2' }]);
    await eventually(() => rowsIn(rows)).toEqual(issues(1, 2));
  });

  it('is read on after cuts, each message once', async () => {
    const { url, commit } = await shape(...issues(1, 20));
    const path = await brokenPath(url, (n) =>
      n > 3 ? undefined : { where: 'data', after: n * 50, how: 'RST', pace: 'as it comes' },
    );
    const messages = recorded(read(path.url));
    await messages.received(21);
    commit(['delete', { id: '1' }]);
    await messages.received(23);
    expect(messages.values.map(wordOf)).toEqual([
      ...issues(1, 20).map(({ id, title }) => `insert ${id} ${title}`),
      ...['up-to-date', 'delete 1', 'up-to-date'],
    ]);
    expect(path.faults).toHaveLength(3);
    messages.subscription.unsubscribe();
    await eventually(path.sockets).toBe(0);
  });

  it('begins again where its log is gone, also while it waits', async () => {
    const { url, rotate, exchanges } = await shape(...issues(1, 1));
    const rows = recorded(rowsOf(read(url)));
    await rows.received(1);
    await eventually(() => exchanges.at(-1)?.request.url).toContain('live=true');
    rotate(...issues(5, 7));
    await eventually(() => rowsIn(rows)).toEqual(issues(5, 7));
  });

  it('closes its connection when it is stopped', async () => {
    const { url, exchanges } = await shape(...issues(1, 1));
    const path = await brokenPath(url, () => undefined);
    const rows = recorded(rowsOf(read(path.url)));
    await rows.received(1);
    await eventually(() => exchanges.at(-1)?.request.url).toContain('live=true');
    expect(path.sockets()).toBeGreaterThan(0);
    rows.subscription.unsubscribe();
    await eventually(path.sockets).toBe(0);
  });
});

describe('the reader of a shape', () => {
  it('takes an answer without content for the end of the log', async () => {
    const { answer, commit } = shapeServer(2, ...issues(1, 1));
    const { url } = await webServer(async (request) => {
      const { searchParams } = new URL(request.url);
      const isEmpty = searchParams.get('offset') !== '-1' && !searchParams.has('live');
      return isEmpty ? new Response(null, { status: 204 }) : answer(request);
    });
    const messages = recorded(ours(false)(url));
    await messages.received(1);
    commit(['insert', { id: '2', title: 'Issue 2' }]);
    await messages.received(3);
    expect(messages.values.map(wordOf)).toEqual(['insert 1 Issue 1', 'insert 2 Issue 2', 'up-to-date']);
  });

  it('goes on within a transaction that was cut', async () => {
    const { answer, commit } = shapeServer(2);
    const origin = await webServer(answer);
    let live = 0;
    const { url, exchanges } = await webServer((request) => {
      if (!request.url.includes('live_sse') || live++ > 0) return answer(request);
      const four$ = fromEventSource(`${origin.url}v1/shape${new URL(request.url).search}`).pipe(take(4));
      return toSseResponse(
        concat(
          four$,
          throwError(() => new Error('A cut')),
        ),
        { request, terminal: 'none' },
      );
    });
    const messages = recorded(ours(true)(url));
    await origin.exchange(1);
    commit(...issues(1, 9).map((issue) => ['insert', issue] as const));
    await messages.received(11);
    expect(messages.values.map(wordOf)).toEqual([
      'up-to-date',
      ...issues(1, 9).map(({ id, title }) => `insert ${id} ${title}`),
      'up-to-date',
    ]);
    expect(exchanges.at(-1)?.request.url).toContain('offset=11_6&');
  });

  it('follows a log that is gone before its first row, to the next one', async () => {
    const { answer, rotate } = shapeServer(2, ...issues(1, 1));
    let requests = 0;
    const { url, exchanges } = await webServer(async (request) => {
      if (++requests > 2) return answer(request);
      rotate(...issues(1, 1));
      return new Response(null, { status: 409, headers: { 'electric-handle': `issues-${requests}` } });
    });
    const messages = recorded(ours(false)(url));
    await messages.received(2);
    expect(messages.values.map(wordOf)).toEqual(['insert 1 Issue 1', 'up-to-date']);
    expect(exchanges.slice(0, 3).map(({ request }) => request.url?.split('offset=-1')[1])).toEqual([
      '',
      '&handle=issues-1',
      '&handle=issues-2',
    ]);
  });

  it('errors with a refusal', async () => {
    const { url, exchanges } = await webServer(() => new Response('No table', { status: 400 }));
    const messages = recorded(ours(false)(url));
    await messages.ended();
    expect(messages.error).toSatisfy(isHttpStatusError);
    expect(exchanges).toHaveLength(1);
  });
});
