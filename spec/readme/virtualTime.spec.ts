import { setTimeout as realWait } from 'node:timers/promises';
import { EMPTY, from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import * as library from 'rxjs-http-streams';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** Runs the tests of a block; their names. */
async function testsOf(title: string): Promise<readonly string[]> {
  const passed: string[] = [];
  const running: Promise<void>[] = [];
  const run = (name: string, body: () => unknown): void => {
    running.push(Promise.resolve(body()).then(() => void passed.push(name)));
  };
  await evaluate(
    title,
    {},
    {
      modules: {
        'rxjs-http-streams': library,
        'rxjs-http-streams/node': node,
        vitest: { expect, it: run, vi },
      },
    },
  );
  await Promise.all(running);
  return passed;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the pages about tests', () => {
  it.each([
    ['Marbles no promise in the chain', 'asks for a token before each request'],
    ['Fake timers advance them asynchronously', 'continues after 3 s'],
    ['A real server on loopback', 'continues a feed over a cut'],
    ['The two tests', 'continues a feed after the last message it has seen'],
    ['The two tests 2', 'reads a stream'],
  ])('has a test that passes: %s', async (title, name) => {
    expect(await testsOf(title)).toEqual([name]);
  });
});

describe('in TestScheduler.run', () => {
  const response = (): Response => new Response('data: a\n\n', { headers: EVENT_STREAM });

  it.each<[string, StreamFetch]>([
    ['a promise of fetch', () => Promise.resolve(response())],
    ['a body that is a ReadableStream', () => of(response())],
    ['a body of ours', () => of(toSseResponse(of({ data: 'a' })))],
  ])('%s never arrives', (_, fetch) => {
    scheduled(({ expectObservable }) => {
      expectObservable(fromEventSource('/', { fetch, reconnect: false }), '60s !').toBe('');
    });
  });

  it('a request that is a promise is never sent, and the result of a project never comes', () => {
    scheduled(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, () => ({ body: 'a', chunks: { a: 'data: a\n\n' } }));
      const { fetch } = server;
      expectObservable(fromEventSource('/', { fetch, request: () => Promise.resolve({}) }), '60s !').toBe('');
      flush();
      expect(server.requests).toHaveLength(0);
    });
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, () => ({ body: 'a', chunks: { a: 'data: a\n\n' } }));
      expectObservable(fromEventSource('/', { fetch, project: () => Promise.resolve(1) }), '60s !').toBe('');
    });
  });
});

describe('with fake timers', () => {
  const live: StreamFetch = () => Promise.resolve(new Response('data: a\n\n', { headers: EVENT_STREAM }));
  const data = (message$: Observable<{ data: string }>): Observable<string> =>
    message$.pipe(map((message) => message.data));

  it('nothing of a promise arrives while they are advanced synchronously', async () => {
    vi.useFakeTimers();
    const seen = record(data(fromEventSource('/', { fetch: live })));
    vi.advanceTimersByTime(60_000);
    expect(seen.values).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.values).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(seen.values).toEqual(['a', 'a', 'a']);
    seen.subscription.unsubscribe();
  });

  it('they move time-outs, and the heartbeat of a body', async () => {
    vi.useFakeTimers();
    const silent = record(
      fromEventSource('/', { fetch: () => from([]), idleTimeout: 60_000, reconnect: false }),
    );
    expect(silent.outcome).toBe('error');
    const never = producer<Response>();
    const waiting = record(
      fromEventSource('/', { fetch: () => never.source, connectTimeout: 60_000, reconnect: false }),
    );
    vi.advanceTimersByTime(60_000);
    expect(waiting.error).toMatchObject({ name: 'StreamTimeoutError' });

    const reader = toSseResponse(producer<string>().source).body!.getReader();
    const texts: string[] = [];
    const read = async (): Promise<void> => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        texts.push(new TextDecoder().decode(value));
      }
    };
    void read();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(texts.slice(1)).toEqual([':\n\n', ':\n\n']);
    await reader.cancel();
  });

  it('what was captured before, and node:timers/promises, is real', async () => {
    const captured = setTimeout;
    vi.useFakeTimers();
    expect(setTimeout).not.toBe(captured);
    await new Promise((resolve) => captured(resolve, 1));
    await realWait(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('time runs past a real server', async () => {
    const { url, exchanges } = await webServer((request) => toSseResponse(EMPTY, { request }));
    vi.useFakeTimers();
    const seen = record(fromEventSource(url, { idleTimeout: 60_000, reconnect: false }));
    vi.advanceTimersByTime(60_000);
    expect(seen.error).toMatchObject({ name: 'StreamTimeoutError' });
    expect(exchanges).toHaveLength(0);
  });
});
