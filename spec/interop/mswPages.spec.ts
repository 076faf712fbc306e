// The handlers of the page about msw and real servers, and what the page says of msw.
import type { HttpHandler } from 'msw';
import * as rxjs from 'rxjs';
import { lastValueFrom, map, take, toArray } from 'rxjs';
import { endOn, fromEventSource, fromNdjsonFetch, toSseResponse } from 'rxjs-http-streams';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { evaluate } from '../readme/evaluate';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const at = (path: string): string => `http://localhost/${path}`;

/** The mocked server of a test, with these handlers. */
const mocking = (...handlers: HttpHandler[]): void => {
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => {
    server.close();
  });
};

interface Mocked {
  /** Emits the ticks of all intervals. */
  readonly tick: (n: number) => void;
  /** Aborts the connections that are open. */
  readonly cut: () => void;
  readonly handlers: HttpHandler[];
}

const mocked = async (): Promise<Mocked> => {
  const ticks = producer<number>();
  let connections: AbortController[] = [];
  const { handlers } = await evaluate<{ handlers: HttpHandler[] }>(
    'Streams for a front end',
    {
      AbortSignal: {
        timeout: () => {
          const connection = new AbortController();
          connections.push(connection);
          return connection.signal;
        },
      },
    },
    { modules: { rxjs: { ...rxjs, interval: () => ticks.source } } },
  );
  return {
    tick: ticks.next,
    cut: () => {
      for (const connection of connections) connection.abort();
      connections = [];
    },
    handlers,
  };
};

describe('the handlers of the page', () => {
  it('cut a feed, which continues after its last message', async () => {
    const { tick, cut, handlers } = await mocked();
    mocking(...handlers);
    const prices = record(
      fromEventSource(at('prices'), { reconnect: { delay: 1 } }).pipe(
        map(({ data }) => (JSON.parse(data) as { price: number }).price),
      ),
    );
    const open = record(fromEventSource(at('prices'), { observe: 'lifecycle' }).pipe(take(2)));
    await open.ended();
    tick(0);
    await prices.received(1);
    cut();
    tick(1);
    tick(2);
    await prices.received(3);
    prices.subscription.unsubscribe();
    expect(prices.values).toEqual([100, 101, 102]);
  });

  it('answer a question by words, and end it', async () => {
    mocking(...(await mocked()).handlers);
    const word$ = fromEventSource(at('chat'), { method: 'POST' }).pipe(
      endOn('[DONE]'),
      map(({ data }) => JSON.parse(data) as { choices: { delta: { content: string } }[] }),
      map(({ choices }) => choices[0]!.delta.content),
      toArray(),
    );
    expect((await lastValueFrom(word$)).join('')).toBe('Because the sky scatters blue.');
  });

  it('fail after a row, and refuse', async () => {
    mocking(...(await mocked()).handlers);
    const broken = record(fromNdjsonFetch(at('broken')));
    await broken.ended();
    expect(broken).toMatchObject({
      values: [{ id: 1 }],
      error: { name: 'StreamNetworkError', phase: 'body' },
    });
    const busy = record(fromNdjsonFetch(at('busy')));
    await busy.ended();
    expect(busy.error).toMatchObject({ name: 'HttpStatusError', status: 503, retryAfter: 2_000 });
  });

  it('serve a test on Node', async () => {
    const { handlers, tick } = await mocked();
    const evaluated = evaluate<{ rows: unknown[] }>(
      'Streams for a front end 2',
      { handlers },
      { server: 'http://localhost' },
    );
    for (let n = 0; ; n++) {
      tick(n);
      const done = await Promise.race([evaluated, new Promise((resolve) => setImmediate(resolve))]);
      if (done) break;
    }
    expect((await evaluated).rows).toHaveLength(50);
  });
});

describe('msw', () => {
  it('ends the source of a Response by the signal of its request', async () => {
    const messages = producer('a');
    mocking(http.get(at('feed'), ({ request }) => toSseResponse(messages.source, { request })));
    const seen = record(fromEventSource(at('feed')));
    await seen.received(1);
    seen.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  it('answers under fake timers, which move the reconnection', async () => {
    mocking(http.get(at('feed'), ({ request }) => toSseResponse(['a'], { request, terminal: 'none' })));
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const seen = record(fromEventSource(at('feed')));
    await vi.advanceTimersByTimeAsync(9_000);
    seen.subscription.unsubscribe();
    expect(seen.values.length).toBeGreaterThan(1);
  });

  it('does not cancel the body', async () => {
    let cancelled = false;
    let left: AbortSignal | undefined;
    mocking(
      http.get(at('feed'), ({ request }) => {
        left = request.signal;
        const body = new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('data: a\n\n'));
          },
          cancel: () => {
            cancelled = true;
          },
        });
        return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
      }),
    );
    const seen = record(fromEventSource(at('feed')));
    await seen.received(1);
    seen.subscription.unsubscribe();
    await eventually(() => left?.aborted).toBe(true);
    expect(cancelled).toBe(false);
  });
});
