import { createServer } from 'node:http';
import {
  EMPTY,
  NEVER,
  Subject,
  concat,
  config,
  firstValueFrom,
  interval,
  lastValueFrom,
  map,
  of,
  throwError,
} from 'rxjs';
import type { Observable } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  resumable,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import type { BodyEnd } from 'rxjs-http-streams';
import { drainOn, nodeHandler } from 'rxjs-http-streams/node';
import type { NodeHandler } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { absentClient } from '../support/absentClient';
import { producer } from '../support/producer';
import { received } from '../support/received';
import { opened } from '../support/recipes';
import { record } from '../support/recording';
import { httpServer } from '../support/httpServer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate, expression } from './evaluate';
import { codeIn, tableOf } from './tableOf';

forbidUnhandledRejections();

type Handler = (request: Request) => Response | Promise<Response>;

const PAGE = 'docs/serve/failures.md';
const makers = { toSseResponse, toNdjsonResponse, toChunkedResponse };

class QuotaError extends Error {}

/** The values of the tables: some, and then a failure. */
const failing = concat(
  of('first', 'last'),
  throwError(() => new Error('the secret')),
);

/** A server of the response that a cell of a table makes. */
const serving = (code: string, source: Observable<string>): ReturnType<typeof webServer> =>
  webServer((request) => expression<Response>(code, { ...makers, source, request }));

describe('the page on failures: before the first byte', () => {
  const rows = tableOf(PAGE, 'the source errors with').map((row) => [row['the source errors with']!, row]);

  it.each(rows as [string, Readonly<Record<string, string>>][])('answers %s', async (_, row) => {
    const error = await expression<unknown>(codeIn(row['the source errors with'])[0]!, { QuotaError });
    const { GET } = await evaluate<{ GET: Handler }>('Before the first byte', {
      row$: throwError(() => error),
      QuotaError,
    });
    const { url } = await webServer(GET);
    const response = await fetch(url);

    expect(String(response.status)).toBe(row.status);
    expect(await response.text()).toBe(codeIn(row.body)[0]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [name, value] = (codeIn(row.header)[0] ?? 'retry-after').split(': ');
    expect(response.headers.get(name!)).toBe(value ?? null);
  });

  it.each(tableOf(PAGE, 'the feed').map((row) => [row['the feed']!, row['status with `awaitFirst`']!]))(
    'answers where the feed %s',
    async (feed, status) => {
      const ended: Record<string, Observable<{ data: string }>> = {
        'has failed before the client connected': throwError(() => new Error('the secret')),
        'does not have the messages after the last event ID any more': NEVER,
        'has ended, and the client has everything': EMPTY,
      };
      const source = resumable(ended[feed]!);
      source().subscribe({ error: () => undefined });
      const headers = new Headers(feed.startsWith('does not') ? { 'last-event-id': 'unknown-1' } : {});
      const request = new Request('http://localhost/', { headers });
      const response = await toSseResponse(source, { request, awaitFirst: true });

      expect(String(response.status)).toBe(status);
    },
  );

  const SENT = 'the source fails at once, without `awaitFirst`';
  it.each(tableOf(PAGE, 'response').map((row) => [codeIn(row.response)[0]!, row[SENT]!]))(
    'sends %s with the status of the table',
    async (code, sent) => {
      const { url } = await serving(
        code,
        throwError(() => new Error('the secret')),
      );
      const response = await fetch(url);

      expect(String(response.status)).toBe(sent.split(',')[0]);
      const { text } = await received(response);
      if (sent === '500') expect(text).toBe('Internal error');
      else expect(text).toContain('Internal error');
      expect(text).not.toContain('secret');
    },
  );
});

describe('the page on failures: after the first byte', () => {
  const readers = [fromEventSource, fromNdjsonFetch, fromChunkedFetch] as const;
  const rows = tableOf(PAGE, 'response sent');

  it.each(rows.map((row) => [codeIn(row['response sent'])[0]!, row] as const))(
    'cuts %s off',
    async (code, row) => {
      const { url, exchanges } = await serving(code, failing);
      const { text, cut } = await received(await fetch(url));

      expect(cut).toBe(true);
      expect(
        text
          .trimEnd()
          .split('\n')
          .at(-1)
          ?.replace(/^first/, ''),
      ).toBe(codeIn(row['last line on the wire'])[0]);
      expect(text).not.toContain('secret');
      expect(text).not.toContain('[DONE]');

      const [read] = readers.filter((_, index) => code.startsWith(Object.keys(makers)[index]!));
      const terminal = code.includes('notification') ? { terminal: 'notification' } : {};
      const [name] = codeIn(row['reader of this library']);
      const reconnect = row['reader of this library']!.includes('after `reconnect`')
        ? { reconnect: false }
        : {};
      const recording = record(
        (read as typeof fromNdjsonFetch)(url, { ...terminal, ...reconnect } as object),
      );
      await recording.ended();
      expect(recording.error).toMatchObject({ name });
      expect(exchanges).toHaveLength(2);
    },
  );

  it('lets every client read a failure that is a message, and stay away then', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const { GET } = await evaluate<{ GET: Handler }>('A failure that every client can read', {
      token$: failing,
    });
    const { url } = await webServer(GET);
    const { text, cut } = await received(await fetch(url));

    expect(cut).toBe(false);
    expect(text).toContain('event: failed\ndata: {"reason":"The model is not available"}\n\n');
    expect((await fetch(url, { headers: { 'last-event-id': '1' } })).status).toBe(204);
  });
});

describe('the page on failures: How a body ended onEnd', () => {
  const TITLE = 'How a body ended onEnd';

  it('is told with the recipe', async () => {
    const lines: unknown[] = [];
    const console = {
      log: (line: string) => lines.push(line),
      error: (error: unknown) => lines.push(error),
    };
    const error = new Error('the secret');
    const { GET } = await evaluate<{ GET: Handler }>(TITLE, {
      message$: concat(
        of('a'),
        throwError(() => error),
      ),
      console,
    });
    const { url } = await webServer(GET);
    await received(await fetch(`${url}feed`));

    await expect
      .poll(() => lines)
      .toEqual([expect.stringMatching(/^\/feed: failed, 1 messages, \d+ bytes/), error]);
  });

  interface Ending {
    readonly source?: Observable<unknown>;
    readonly options?: object;
    /** Makes the body end, once its client is there. */
    readonly act?: (url: string) => unknown;
    /** The client does not read. */
    readonly isAbsent?: boolean;
    readonly error: unknown;
  }
  const reason = new Error('enough');
  const pieces = interval(0).pipe(map(() => 'x'.repeat(256 * 1024)));
  const endings = (): Record<string, Ending> => {
    const controller = new AbortController();
    return {
      'the source completes': { source: of('a'), error: undefined },
      'the source errors': {
        source: concat(
          of('a'),
          throwError(() => reason),
        ),
        error: reason,
      },
      'the source emits a value that the format refuses': {
        source: of({ data: undefined }),
        error: expect.any(TypeError),
      },
      'the client disconnects': { error: undefined },
      'more than `maxBufferedBytes` wait for the client': {
        source: pieces,
        options: { maxBufferedBytes: 1024 * 1024 },
        isAbsent: true,
        error: expect.objectContaining({ name: 'StreamOverflowError' }),
      },
      'the client does not read for `stallTimeout`': {
        source: pieces,
        options: { maxBufferedBytes: Infinity, stallTimeout: 200 },
        isAbsent: true,
        error: expect.objectContaining({ name: 'StreamOverflowError' }),
      },
      'the `signal` of the application aborts': {
        options: { signal: controller.signal },
        act: () => {
          controller.abort(reason);
        },
        error: reason,
      },
      '`drainOn` shuts the server down': { error: expect.any(Error) },
    };
  };

  it.each(tableOf(PAGE, 'what ends the body').map((row) => [row['what ends the body']!, row] as const))(
    'says the outcome of the table where %s',
    async (what, row) => {
      const { source, options, act, isAbsent, error } = endings()[what]!;
      const ends = new Subject<BodyEnd>();
      const end = firstValueFrom(ends);
      const messages = producer('a');
      const server = createServer(
        nodeHandler((request) =>
          toSseResponse((source ?? messages.source) as Observable<string>, {
            request,
            ...options,
            onEnd: (ended) => {
              ends.next(ended);
            },
          }),
        ),
      );
      const shutDown = new Subject<void>();
      const drained = lastValueFrom(drainOn(server, shutDown, { within: 0 }), { defaultValue: 'drained' });
      const { origin } = await opened(server);
      if (isAbsent) absentClient(`${origin}/`);
      else {
        const client = record(fromEventSource(origin, { reconnect: false }));
        if (!source) await client.received(1);
        if (what === 'the client disconnects') client.subscription.unsubscribe();
        act?.(origin);
        if (what.startsWith('`drainOn`')) {
          shutDown.next();
          await drained;
        }
      }

      expect(await end).toMatchObject({ outcome: codeIn(row['`outcome`'])[0]!.replaceAll("'", '') });
      expect((await end).error).toEqual(error);
    },
  );
});

describe('the page on failures: a handler that fails', () => {
  it('is a 500 without the reason, and told to onError', async () => {
    const error = new Error('the secret');
    const said: unknown[] = [];
    const { listener } = await evaluate<{ listener: NodeHandler }>('A handler that fails', {
      handler: () => Promise.reject(error),
      nodeHandler,
      console: { error: (...words: unknown[]) => said.push(words) },
    });
    const response = await fetch((await httpServer(listener)).url);

    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal error');
    expect(said).toEqual([['GET', '/', error]]);
  });
});

describe('the page on failures: errors that nobody can receive', () => {
  it('reach the hook of RxJS, and no other', async () => {
    const said: unknown[] = [];
    onTestFinished(() => {
      config.onUnhandledError = null;
    });
    await evaluate(
      'Errors that no client can receive',
      { console: { error: (...words: unknown[]) => said.push(words) } },
      { modules: { rxjs: { config } } },
    );
    const error = new Error('in onEnd');
    await toNdjsonResponse(of(1), {
      onEnd: () => {
        throw error;
      },
    }).text();

    await eventually(() => said).toEqual([['unhandled:', error]]);
  });
});
