import { EventSource } from 'eventsource';
import { fetchEventSource } from '@microsoft/fetch-event-source';
import type { FetchEventSourceInit } from '@microsoft/fetch-event-source';
import type { ServerResponse } from 'node:http';
import { map, of, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

interface Price {
  readonly price: number;
}

type Recipe = (server: string) => Promise<Observable<Price>>;

const EVENT_STREAM = { 'content-type': 'text/event-stream' };
const price = (id: number): string => `id: ${id}\nevent: price\ndata: {"price":${id}}\n\n`;

/** A server that answers each request in its turn; the last answer is for all later ones, too. */
const answering = (...answers: ((response: ServerResponse) => unknown)[]): Promise<HttpServer> => {
  let next = 0;
  return httpServer((_request, response) => answers[Math.min(next++, answers.length - 1)]!(response));
};

const sending =
  (...blocks: string[]) =>
  (response: ServerResponse): unknown =>
    response.writeHead(200, EVENT_STREAM).end(`retry: 1\n\n${blocks.join('')}`);

const cutAfter =
  (...blocks: string[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, EVENT_STREAM).write(`retry: 1\n\n${blocks.join('')}`, () => {
      response.socket?.end();
    });
  };

const refusing =
  (status: number) =>
  (response: ServerResponse): unknown =>
    response.writeHead(status, EVENT_STREAM).end(price(0));

const lastEventIds = ({ exchanges }: HttpServer): unknown[] =>
  exchanges.map(({ request }) => request.headers['last-event-id']);

/** The package as the browser's global: an address is one of the page, which is the server. */
const globalOf = (server: string): typeof EventSource =>
  class extends EventSource {
    constructor(url: string | URL) {
      super(new URL(url, server));
    }
  };

const wrapped: Recipe = async (server) => {
  const bindings = { EventSource: globalOf(server) };
  return (await evaluate<{ price$: Observable<Price> }>('Before, with EventSource', bindings)).price$;
};

const toServer = (server: string) => (input: URL | string, init: object) =>
  fetch(new URL(new URL(input).pathname, server), init);

const packaged: Recipe = async (server) =>
  (
    await evaluate<{ price$: Observable<Price> }>('Before, with eventsource', {
      fetch: toServer(server),
      token: () => 'T',
    })
  ).price$;

const moved =
  (title: string, bindings: object = {}): Recipe =>
  async (server) =>
    (await evaluate<{ price$: Observable<Price> }>(title, { ...bindings }, { server })).price$;

const befores: [string, Recipe][] = [
  ['EventSource', wrapped],
  ['eventsource', packaged],
];
const afters: [string, Recipe][] = [
  ['EventSource', moved('After EventSource')],
  ['eventsource', moved('After eventsource', { token: () => 'T' })],
];

describe.each([...befores, ...afters])('moving from %s', (_, recipe) => {
  it('reads the messages of one type, and continues after a cut and an end', async () => {
    const server = await answering(
      cutAfter(price(1), 'data: of no type\n\n'),
      sending(price(2)),
      sending(price(3)),
    );
    const prices = record((await recipe(server.url)).pipe(take(3)));
    await prices.ended();
    expect(prices.values).toEqual([{ price: 1 }, { price: 2 }, { price: 3 }]);
    expect(lastEventIds(server)).toEqual([undefined, '1', '2']);
  });

  it('closes its connection when it is unsubscribed', async () => {
    const server = await answering((response) => response.writeHead(200, EVENT_STREAM).write(price(1)));
    const prices = record(await recipe(server.url));
    await prices.received(1);
    prices.subscription.unsubscribe();
    await server.disconnected(1);
    expect(prices.outcome).toBeUndefined();
  });
});

describe.each(befores)('before, with %s', (_, recipe) => {
  it.each([204, 404, 500, 503, 429])('ends at %i, for good', async (status) => {
    const server = await answering(refusing(status), sending(price(1)));
    const prices = record(await recipe(server.url));
    await prices.ended();
    expect(prices.outcome).toBe('error');
    expect(server.exchanges).toHaveLength(1);
  });

  it('reconnects when a stream of ours is complete', async () => {
    const server = await webServer((request) =>
      toSseResponse(of({ type: 'price', data: { price: 1 } }), { request, retry: 1 }),
    );
    const prices = record(await recipe(server.url));
    await prices.received(2);
    prices.subscription.unsubscribe();
    expect(server.exchanges.length).toBeGreaterThan(1);
  });
});

describe.each(afters)('after %s', (_, recipe) => {
  it('completes at 204, and at the end of a stream of ours', async () => {
    const stopped = record(await recipe((await answering(refusing(204))).url));
    await stopped.ended();
    expect(stopped.outcome).toBe('complete');

    const { url, exchanges } = await webServer((request) =>
      toSseResponse(of({ type: 'price', data: { price: 1 } }), { request, retry: 1 }),
    );
    const prices = record(await recipe(url));
    await prices.ended();
    expect(prices).toMatchObject({ values: [{ price: 1 }], outcome: 'complete' });
    expect(exchanges).toHaveLength(1);
  });

  it('errors at 404 with the status', async () => {
    const prices = record(await recipe((await answering(refusing(404))).url));
    await prices.ended();
    expect(prices.error).toMatchObject({ name: 'HttpStatusError', status: 404 });
  });
});

describe('after EventSource', () => {
  it.each([500, 502, 503, 504, 429])('reconnects after %i, not before Retry-After', async (status) => {
    let server: ReturnType<typeof marbleFetch>;
    const { price$ } = await evaluate<{ price$: Observable<Price> }>(
      'After EventSource',
      {},
      { fetch: (input, init) => server.fetch(input, init) },
    );
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [
        { status, headers: { 'retry-after': '20' }, body: '|' },
        { body: 'a-', chunks: { a: price(1) } },
      ]);
      expectObservable(price$, '30s !').toBe('20s a', { a: { price: 1 } });
    });
  });
});

describe('the package eventsource', () => {
  /** The messages of its error events, until `enough`. */
  const errorsOf = (source: EventSource, enough: number): Promise<{ code?: number; message?: string }[]> =>
    new Promise((resolve) => {
      const errors: { code?: number; message?: string }[] = [];
      source.addEventListener('error', ({ code, message }) => {
        errors.push({ ...(code && { code }), ...(message && { message }) });
        if (errors.length < enough) return;
        source.close();
        resolve(errors);
      });
    });

  it('sends the header of the wrapped fetch, as ours does', async () => {
    for (const recipe of [packaged, moved('After eventsource', { token: () => 'T' })]) {
      const server = await answering(sending(price(1)));
      const prices = record((await recipe(server.url)).pipe(take(1)));
      await prices.ended();
      expect(server.exchanges[0]?.request.headers.authorization).toBe('Bearer T');
    }
  });

  it('has code and message in the error event of a refusal', async () => {
    const server = await answering(refusing(503));
    expect(await errorsOf(new EventSource(server.url), 1)).toEqual([
      { code: 503, message: 'Non-200 status code (503)' },
    ]);
    const stop = await answering(refusing(204));
    expect(await errorsOf(new EventSource(stop.url), 1)).toMatchObject([{ code: 204 }]);
  });

  it('leaves the id of a message without one empty; ours has the last one', async () => {
    const { url } = await answering((response) =>
      response.writeHead(200, EVENT_STREAM).write('id: 1\ndata: a\n\ndata: b\n\n'),
    );
    const source = new EventSource(url);
    const ids: string[] = [];
    await new Promise<void>((resolve) => {
      source.onmessage = ({ lastEventId }) => {
        if (ids.push(lastEventId) === 2) resolve();
      };
    });
    source.close();
    const ours = record(
      fromEventSource(url).pipe(
        take(2),
        map(({ id }) => id),
      ),
    );
    await ours.ended();
    expect({ ids, ours: ours.values }).toEqual({ ids: ['1', ''], ours: ['1', '1'] });
  });

  it('cannot continue after an id beyond Latin-1; ours does', async () => {
    const server = await answering(sending('id: ж\ndata: a\n\n'));
    const errors = await errorsOf(new EventSource(server.url), 4);
    expect(errors.slice(1).map(({ message }) => message)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('ByteString') as unknown),
    );
    expect(server.exchanges).toHaveLength(1);

    const ours = record(fromEventSource(server.url).pipe(take(2)));
    await ours.ended();
    expect(lastEventIds(server).slice(1)).toEqual([undefined, Buffer.from('ж').toString('latin1')]);
  });

  it('waits 3 s before each reconnection', async () => {
    vi.useFakeTimers();
    try {
      const down = vi.fn(() => Promise.reject(new TypeError('down')));
      const source = new EventSource('http://localhost/', { fetch: down });
      for (let requests = 1; requests <= 4; requests++) {
        await vi.advanceTimersByTimeAsync(0);
        expect(down).toHaveBeenCalledTimes(requests);
        await vi.advanceTimersByTimeAsync(2_999);
        expect(down).toHaveBeenCalledTimes(requests);
        await vi.advanceTimersByTimeAsync(1);
      }
      source.close();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('fetch-event-source', () => {
  const tab = Object.assign(new EventTarget(), { hidden: false });
  /** The delays that it has waited for, none of which took time. */
  let delays: (number | undefined)[];

  beforeEach(() => {
    delays = [];
    tab.hidden = false;
    vi.stubGlobal('document', tab);
    vi.stubGlobal('window', {
      fetch,
      clearTimeout,
      setTimeout: (task: () => void, ms?: number) => {
        delays.push(ms);
        return setTimeout(task, 0);
      },
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const stop = new Error('enough');
  /** Records the calls of its callbacks until it ends or has failed so often. */
  const told = async (
    url: string,
    init: Partial<FetchEventSourceInit> = {},
    failures = 1,
  ): Promise<{ messages: object[]; errors: unknown[]; resolved: boolean }> => {
    const messages: object[] = [];
    const errors: unknown[] = [];
    const resolved = fetchEventSource(url, {
      openWhenHidden: true,
      onmessage: (message) => messages.push(message),
      onerror(error) {
        errors.push(error);
        if (errors.length === failures) throw stop;
      },
      ...init,
    }).then(
      () => true,
      () => false,
    );
    return { messages, errors, resolved: await resolved };
  };

  describe.each(['Before, with fetch-event-source', 'After fetch-event-source'])('%s', (title) => {
    interface Asked {
      readonly words: readonly string[];
      readonly failure: unknown;
    }
    const asked = async (server: HttpServer): Promise<Asked> => {
      const led = {
        fetchEventSource: (url: string, init: FetchEventSourceInit) =>
          fetchEventSource(new URL(url, server.url).href, init),
      };
      const { ask } = await evaluate<{
        ask: (
          question: string,
          signal?: AbortSignal,
          show?: (word: string) => void,
        ) => Promise<void> | Observable<string>;
      }>(title, {}, { server: server.url, modules: { '@microsoft/fetch-event-source': led } });
      const words: string[] = [];
      const answer = ask('Why?', new AbortController().signal, (word) => words.push(word));
      if (answer instanceof Promise) {
        return {
          words,
          failure: await answer.then(
            () => undefined,
            (error: unknown) => error,
          ),
        };
      }
      const { ended, ...recording } = record(answer);
      await ended();
      return { words: recording.values, failure: undefined };
    };

    it('shows the words of an answer', async () => {
      const server = await answering(sending(': hello\n\n', 'data: Because\n\n', 'data: it is\n\n'));
      expect(await asked(server)).toEqual({ words: ['Because', 'it is'], failure: undefined });
      const { request } = await server.exchange(1);
      expect(`${request.method} ${request.url} ${request.headers['content-type']}`).toBe(
        'POST /chat application/json',
      );
    });

    it('sends the POST once, whatever fails', async () => {
      for (const answer of [refusing(503), cutAfter('data: Beca\n\n')]) {
        const server = await answering(answer);
        await asked(server);
        expect(server.exchanges).toHaveLength(1);
      }
    });
  });

  it('checks no status', async () => {
    const { url } = await answering(refusing(500));
    expect((await told(url)).messages).toMatchObject([{ id: '0' }]);
  });

  it('reports comments, without data, type or id', async () => {
    const { url } = await answering(sending(': a comment\n\n', 'id: 1\ndata: a\n\n', 'data: b\n\n'));
    expect((await told(url)).messages.slice(1)).toMatchObject([
      { data: '', event: '', id: '' },
      { data: 'a', event: '', id: '1' },
      { data: 'b', event: '', id: '' },
    ]);
    const ours = record(fromEventSource(url, { reconnect: false }));
    await ours.ended();
    expect(ours.values).toEqual([
      { type: 'message', data: 'a', id: '1' },
      { type: 'message', data: 'b', id: '1' },
    ]);
  });

  it('resolves at a clean end, and drops half a message', async () => {
    const server = await answering(sending('data: a\n\n', 'data: hal'));
    const { messages, resolved } = await told(server.url);
    expect(messages.slice(1)).toMatchObject([{ data: 'a' }]);
    expect(resolved).toBe(true);
    expect(server.exchanges).toHaveLength(1);
    const ours = record(fromEventSource(server.url, { method: 'POST' }));
    await ours.ended();
    expect(ours.error).toMatchObject({ name: 'StreamTruncatedError' });
  });

  it('sends a POST again after 1 s, or after the retry of the server', async () => {
    const down = await answering((response) => response.destroy());
    expect((await told(down.url, { method: 'POST' }, 3)).errors).toHaveLength(3);
    expect(down.exchanges.map(({ request }) => request.method)).toEqual(['POST', 'POST', 'POST']);
    expect(delays).toEqual([1_000, 1_000]);

    const cut = await answering(cutAfter(price(1)));
    await told(cut.url, { method: 'POST' }, 3);
    expect(cut.exchanges).toHaveLength(3);
    expect(delays.slice(2)).toEqual([1, 1]);
  });

  it('sends the request again for an error in onmessage', async () => {
    const server = await answering(sending(price(1)));
    const { errors } = await told(
      server.url,
      {
        onmessage() {
          throw new Error('a bug');
        },
      },
      2,
    );
    expect(errors).toMatchObject([{ message: 'a bug' }, { message: 'a bug' }]);
    expect(server.exchanges).toHaveLength(2);
  });

  it('asks for what follows a message that was cut off; ours asks for the message', async () => {
    const server = await answering(cutAfter(price(1), 'id: 2\ndata: ha'), sending(price(3)));
    await told(server.url, {}, 2);
    expect(lastEventIds(server)).toEqual([undefined, '2']);

    const again = await answering(cutAfter(price(1), 'id: 2\ndata: ha'), sending(price(3)));
    const ours = record(fromEventSource(again.url).pipe(take(2)));
    await ours.ended();
    expect(lastEventIds(again)).toEqual([undefined, '1']);
  });

  it('does not see that its signal is aborted already', async () => {
    const server = await answering(sending(price(1)));
    const { messages } = await told(server.url, { signal: AbortSignal.abort() });
    expect(messages).toHaveLength(2);
    const ours = record(fromEventSource(server.url, { signal: AbortSignal.abort(stop) }));
    expect(ours.error).toBe(stop);
    expect(server.exchanges).toHaveLength(1);
  });

  it('aborts on a hidden tab, and sends the request again', async () => {
    const server = await answering((response) => response.writeHead(200, EVENT_STREAM).write(price(1)));
    const leave = new AbortController();
    const ended = told(server.url, { method: 'POST', openWhenHidden: false, signal: leave.signal });
    await server.exchange(1);
    tab.hidden = true;
    tab.dispatchEvent(new Event('visibilitychange'));
    await server.disconnected(1);
    tab.hidden = false;
    tab.dispatchEvent(new Event('visibilitychange'));
    expect((await server.exchange(2)).request.method).toBe('POST');
    leave.abort();
    expect((await ended).resolved).toBe(true);
  });

  it('needs a window and a document', async () => {
    vi.unstubAllGlobals();
    await expect(fetchEventSource('http://localhost/', { openWhenHidden: true })).rejects.toThrow(
      'window is not',
    );
    await expect(fetchEventSource('http://localhost/', { fetch })).rejects.toThrow('document is not');
  });
});
