import type { Page } from 'playwright';
import { Subject, concat, map, NEVER, of, range, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { build } from 'esbuild';
import type { LifecycleEvent, SseMessage } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleFetch, MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import type { HttpServer } from '../support/httpServer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { root } from '../support/root';
import { scheduled } from '../support/scheduler';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

/** The server of the spec that runs. */
let server: MarbleFetch;
const environment = {
  fetch: (...request: Parameters<MarbleFetch['fetch']>): ReturnType<MarbleFetch['fetch']> =>
    server.fetch(...request),
};

const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;
const sent = (name: string): (string | null)[] => server.requests.map(({ headers }) => headers.get(name));

/** The Observable that a snippet makes, as its last expression. */
const made = async <T>(title: string, bindings: object = {}): Promise<Observable<T>> =>
  (await evaluate<{ default: Observable<T> }>(title, { ...bindings }, environment)).default;

/** Everything that comes of a stream within five minutes, when the server answers like this. */
function played<T>(
  stream$: Observable<T>,
  answers: readonly MarbleResponse[],
  act: (cold: (marbles: string) => Observable<string>) => void = () => undefined,
): Recording<T> {
  let recording: Recording<T> | undefined;
  scheduled(({ cold, flush }) => {
    server = marbleFetch(cold, answers);
    recording = record(stream$);
    act(cold);
    cold('5m x').subscribe(() => {
      recording?.subscription.unsubscribe();
    });
    flush();
  });
  return recording!;
}

/** A session whose token is renewed. */
function session(): { token$: Observable<string>; renew: () => Observable<string> } {
  let token = 'stale';
  return {
    token$: of(null).pipe(map(() => token)),
    renew: () => of('fresh').pipe(tap((fresh) => (token = fresh))),
  };
}

describe('Auth and headers', () => {
  it('sends a header with each request', async () => {
    const feed$ = await made('A header of every request', { token: 'abc' });
    played(feed$, [{ body: 'a|', chunks: { a: message(1) } }]);
    expect(sent('authorization')).toEqual(['Bearer abc', 'Bearer abc']);
  });

  describe('One new token after a 401', () => {
    const recipe = async (): Promise<Observable<SseMessage>> => {
      const { answer$ } = await evaluate<{ answer$: Observable<SseMessage> }>(
        'One new token after a 401',
        { auth: session(), body: '{}' },
        environment,
      );
      return answer$;
    };

    it('sends the POST again with it', async () => {
      const { values, outcome } = played(await recipe(), [
        { status: 401, body: '|' },
        { body: '(a|)', chunks: { a: message(1) } },
      ]);
      expect({ count: values.length, outcome }).toEqual({ count: 1, outcome: 'complete' });
      expect(sent('authorization')).toEqual(['Bearer stale', 'Bearer fresh']);
      expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
    });

    it.each([
      [
        'another 401',
        [
          { status: 401, body: '|' },
          { status: 401, body: '|' },
        ],
        2,
        { status: 401 },
      ],
      ['a 403', [{ status: 403, body: '|' }], 1, { status: 403 }],
      ['a cut', [{ body: '#' }], 1, { name: 'StreamNetworkError' }],
    ])('gives up after %s', async (_, answers, requests, failure) => {
      const { error } = played(await recipe(), answers);
      expect(error).toMatchObject(failure);
      expect(server.requests).toHaveLength(requests);
    });
  });

  it('signs the URL of each request, which continues where the feed was', async () => {
    const feed$ = await made('A signed URL', {
      sign: (path: string, query: Record<string, string>) => [
        `${path}?${new URLSearchParams(query).toString()}&signature=${server.requests.length}`,
      ],
    });
    played(feed$, [{ body: 'a|', chunks: { a: message(1) } }]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/feed?after=&signature=0',
      '/feed?after=1&signature=1',
    ]);
  });

  it('measures each request, and passes the response on', async () => {
    const log = vi.fn();
    const feed$ = await made<SseMessage>('Another fetch', {
      console: { log },
      fetch: () =>
        Promise.resolve(new Response(message(1), { headers: { 'content-type': 'text/event-stream' } })),
    });
    const recording = record(feed$);
    await recording.received(1);
    recording.subscription.unsubscribe();
    expect(log).toHaveBeenCalledWith(200, expect.stringMatching(/^\d.* ms$/));
  });

  describe('Across origins', () => {
    const feed = (lastEventId = '0'): Observable<object> =>
      concat(range(Number(lastEventId) + 1, 2).pipe(map((n) => ({ id: `${n}`, data: { n } }))), NEVER);
    type Handler = (request: Request) => Response | Promise<Response>;
    interface Recipe {
      readonly handler: Handler;
      readonly headers: Record<string, string>;
    }

    /** The handlers of the page on deployment, as a server calls them. */
    const recipe = async (): Promise<Recipe> => {
      const { cors, GET, OPTIONS } = await evaluate<{
        readonly cors: Record<string, string>;
        readonly GET: Handler;
        readonly OPTIONS: () => Response;
      }>('Another origin CORS', { feed });
      return {
        handler: (request) => (request.method === 'OPTIONS' ? OPTIONS() : GET(request)),
        headers: cors,
      };
    };

    const withoutPreflight =
      (handler: Handler): Handler =>
      (request) =>
        request.method === 'OPTIONS' ? new Response(null, { status: 405 }) : handler(request);

    /** Opens a page that reads the feed of another origin with this init. */
    async function pageOf(
      handler: Handler,
      headers: Record<string, string>,
      init: string,
    ): Promise<{ other: HttpServer; page: Page }> {
      const other = await webServer(handler);
      const { outputFiles } = await build({
        stdin: {
          contents: `import { fromEventSource } from 'rxjs-http-streams';
            globalThis.seen = [];
            fromEventSource('${other.url}', { ...${init}, reconnect: { delay: 10 } })
              .subscribe(({ id }) => seen.push(id));`,
          resolveDir: root,
        },
        alias: { 'rxjs-http-streams': `${root}src/index.ts` },
        bundle: true,
        write: false,
      });
      const html = `<!doctype html><script>${outputFiles[0]!.text}</script>`;
      const { url } = await webServer(() => new Response(html, { headers: { 'content-type': 'text/html' } }));
      // The recipe names the origin of its page, which has another port here.
      headers['access-control-allow-origin'] = new URL(url).origin;
      return { other, page: await openPage(url) };
    }

    it.skipIf(!installedChromium).each([
      ['Another origin CORS', 'the header'],
      ['A feed that works until its first cut', 'the query'],
    ])(
      '%s: a page of another origin continues after a cut, by %s',
      async (_, way) => {
        const { handler, headers } = await recipe();
        const { other, page } = await pageOf(
          way === 'the query' ? withoutPreflight(handler) : handler,
          headers,
          way === 'the query' ? "{ lastEventIdParam: 'lastEventId' }" : '{}',
        );
        const seen = (): Promise<unknown> => page.evaluate('seen');
        await eventually(seen).toEqual(['1', '2']);
        other.exchanges[0]!.response.destroy();
        await eventually(seen).toEqual(['1', '2', '3', '4']);
      },
      60_000,
    );

    it.skipIf(!installedChromium)(
      'is refused after the first cut by a server that does not allow the header',
      async () => {
        const { handler, headers } = await recipe();
        headers['access-control-allow-headers'] = 'authorization';
        const { other, page } = await pageOf(handler, headers, '{}');
        const seen = (): Promise<unknown> => page.evaluate('seen');
        await eventually(seen).toEqual(['1', '2']);
        other.exchanges[0]!.response.destroy();
        await other.exchange(4);
        expect(other.exchanges.map(({ request }) => request.method)).toEqual([
          'GET',
          'OPTIONS',
          'OPTIONS',
          'OPTIONS',
        ]);
        expect(await seen()).toEqual(['1', '2']);
      },
      60_000,
    );

    it('is asked by the query, where the header is not allowed', async () => {
      const feed$ = await made('A feed that works until its first cut');
      played(feed$, [{ body: 'a|', chunks: { a: message(1) } }]);
      expect(server.requests.map(({ url }) => url)).toEqual(['/feed', '/feed?lastEventId=1']);
      expect(sent('last-event-id')).toEqual([null, null]);
    });
  });
});

describe('State of the connection', () => {
  it('is a view of status and rows', async () => {
    const { view$ } = await evaluate<{ view$: Observable<{ status: string; rows: string[] }> }>(
      'State of the connection',
      {},
      environment,
    );
    const { values } = played(view$, [
      { body: 'a-|', chunks: { a: message(1) } },
      { body: 'b-#', chunks: { b: message(2) } },
    ]);
    const statuses = values.map(({ status }) => status);
    expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
      'connecting',
      'live',
      'the server has closed the stream',
      'connecting',
      'live',
      'connection lost',
      'connecting',
    ]);
    expect(values.at(-1)?.rows).toEqual(['1', '2']);
  });

  it('is split from the values of one connection', async () => {
    const { isLive$, data$ } = await evaluate<{ isLive$: Observable<boolean>; data$: Observable<string> }>(
      'Two consumers of one connection',
      {},
      environment,
    );
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [
        { response: '-r', body: 'a-#', chunks: { a: message(1) } },
        { body: 'b-', chunks: { b: message(2) } },
      ]);
      const live = { t: true, f: false };
      expectObservable(isLive$, '10s !').toBe('ft-f 2999ms t', live);
      expectObservable(data$, '10s !').toBe('-a 3001ms b', { a: '1', b: '2' });
      flush();
      expect(server.requests).toHaveLength(2);
    });
  });

  describe('How the stream ended', () => {
    it.each<[string, MarbleResponse, unknown[]]>([
      ['ended', { status: 204, body: null }, ['ended']],
      ['failed', { status: 404, body: '|' }, ['failed', expect.objectContaining({ status: 404 })]],
      ['left', { body: '-' }, ['left']],
    ])('says that it %s', async (_, answer, line) => {
      const log = vi.fn();
      const { watched$ } = await evaluate<{ watched$: Observable<SseMessage> }>(
        'How the stream ended',
        { log },
        environment,
      );
      played(watched$, [answer]);
      expect(log.mock.calls).toEqual([line]);
    });
  });

  it('counts down to the next attempt', async () => {
    const { countdown$ } = await evaluate<{ countdown$: Observable<number | undefined> }>(
      'A countdown to the next attempt',
      {},
      environment,
    );
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [{ response: '-#' }, { body: '-' }]);
      const values = { u: undefined, a: 3, b: 2, c: 1 };
      expectObservable(countdown$, '10s !').toBe('ua 999ms b 999ms c 999ms u', values);
    });
  });

  it('reconnects at once at the button, and else in time', async () => {
    const retryNow$ = new Subject<void>();
    const feed$ = await made('A button that reconnects at once', { retryNow$ });
    played(feed$, [{ response: '#' }, { response: '#' }], (cold) => {
      cold('1s x').subscribe(() => {
        retryNow$.next();
      });
    });
    const [, second = 0, third = 0] = server.requests.map(({ frame }) => frame);
    expect(second).toBe(1_000);
    expect(third - second).toBeGreaterThanOrEqual(6_000);
  });

  it('ends a connection that is silent, and makes another one', async () => {
    const feed$ = await made<LifecycleEvent<SseMessage>>('A connection that is dead and looks open');
    played(feed$, [{ response: '-' }, { body: '-' }]);
    const [, second = 0, third = 0] = server.requests.map(({ frame }) => frame);
    expect(second).toBe(13_000);
    expect(third - second).toBeGreaterThanOrEqual(15_000);
  });
});
