import { NEVER, concat, interval, map, of, throwError } from 'rxjs';
import {
  fromEventSource,
  fromNdjsonFetch,
  resumable,
  sseStop,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { absentClient } from '../support/absentClient';
import { failing } from '../support/failing';
import { frameworks } from '../support/frameworks';
import type { Handler } from '../support/frameworks';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { itDeliversLive } from '../support/itDeliversLive';
import { producer } from '../support/producer';
import { received } from '../support/received';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();
beforeEach(() => {
  // Some print what a stream failed with.
  vi.spyOn(console, 'error').mockReturnValue();
  return () => vi.restoreAllMocks();
});

describe.each(frameworks)('$name', ({ serve, dropsBodyOfHead }) => {
  const serving = async (handler: Handler): Promise<HttpServer> => httpServer(await serve(handler));

  it('sends the headers of the format, and leaves the length open', async () => {
    const { url } = await serving((request) => toSseResponse(of('a'), { request }));
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.has('content-length')).toBe(false);
    expect(response.headers.has('content-encoding')).toBe(false);
    expect((await received(response)).cut).toBe(false);
  });

  itDeliversLive(serving);

  it('serves a second client on its own', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request }));
    const [first, second] = [record(fromEventSource(url)), record(fromEventSource(url))];
    await Promise.all([first.received(1), second.received(1)]);
    first.subscription.unsubscribe();
    await messages.observedBy(1);
    messages.next('b');
    await second.received(2);
    expect(first.values).toHaveLength(1);
  });

  it('lets go of a quiet source also when it is not told of the request', async () => {
    const messages = producer('a');
    const { url } = await serving(() => toSseResponse(messages.source, { heartbeat: 0 }));
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  it('lets go of a flood when the client, who has never read, leaves', async () => {
    const flood = producer(...Array.from({ length: 32 }, () => 'x'.repeat(1024 * 1024)));
    const { url } = await serving((request) =>
      toSseResponse(flood.source, { request, maxBufferedBytes: Infinity, heartbeat: 0 }),
    );
    const client = absentClient(url);
    await flood.observedBy(1);
    client.leave();
    await flood.observedBy(0);
  });

  it('stops a flood of which too much waits for a client that does not read, who then sees a cut', async () => {
    const pieces = producer<string>();
    const { url } = await serving((request) =>
      toSseResponse(pieces.source, { request, maxBufferedBytes: 1024 * 1024, heartbeat: 0 }),
    );
    const client = absentClient(url);
    await pieces.observedBy(1);
    const flood = interval(0).subscribe(() => {
      pieces.next('x'.repeat(256 * 1024));
    });
    await pieces.observedBy(0);
    flood.unsubscribe();
    await client.rest();
  });

  it('shows a failure in the middle as a cut to any client, after all values, and keeps its secret', async () => {
    const { url } = await serving((request) => toSseResponse(failing('a', 'b', 'c'), { request }));
    const { text, cut } = await received(await fetch(url));
    expect(cut).toBe(true);
    expect(text).toContain('data: a\n\ndata: b\n\ndata: c\n\n');
    expect(text).not.toContain('secret');
  });

  it('shows a failure in the middle as what it is to fromEventSource, after all values', async () => {
    const server = await serving((request) => toSseResponse(failing('a', 'b', 'c'), { request }));
    const recording = record(fromEventSource(server.url).pipe(map(({ data }) => data)));
    await recording.ended();
    expect(recording.values).toEqual(['a', 'b', 'c']);
    expect(recording.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
    expect(server.exchanges).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5])('loses no row in front of a failure, time %i', async () => {
    const rows = Array.from({ length: 50 }, (_, row) => ({ row, text: 'x'.repeat(2_000) }));
    const failure = throwError(() => new Error('the secret'));
    const { url } = await serving((request) => toNdjsonResponse(concat(rows, failure), { request }));
    const recording = record(fromNdjsonFetch(url));
    await recording.ended();
    expect(recording.values).toEqual(rows);
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });

  it('loses no row in front of a failure for a client that is slow', async () => {
    const rows = Array.from({ length: 6_000 }, (_, row) => `${row} ${'x'.repeat(1_000)}`);
    const failure = throwError(() => new Error('the secret'));
    const { url } = await serving((request) =>
      toNdjsonResponse(concat(rows, ['the last'], failure), { request }),
    );
    const text = await absentClient(url).rest();
    expect(text.match(/"\d+ x+"/g)).toHaveLength(6_000);
    expect(text).toContain('"the last"\n');
    expect(text.endsWith('0\r\n\r\n')).toBe(false);
  });

  it('loses no row in front of a failure that comes later', async () => {
    const rows = producer(1, 2);
    const { url } = await serving((request) => toNdjsonResponse(rows.source, { request }));
    const recording = record(fromNdjsonFetch(url));
    await recording.received(2);
    rows.next(3);
    rows.error(new Error('the secret'));
    await recording.ended();
    expect(recording.values).toEqual([1, 2, 3]);
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });

  it('shows a failure before the first message as one, and keeps its secret', async () => {
    const { url } = await serving((request) => toSseResponse(failing(), { request }));
    const { text, cut } = await received(await fetch(url));
    expect(cut).toBe(true);
    expect(text).not.toContain('secret');
    const recording = record(fromEventSource(url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
  });

  it('shows a failure before the first row as one, and keeps its secret', async () => {
    const { url } = await serving((request) => toNdjsonResponse(failing(), { request }));
    const recording = record(fromNdjsonFetch(url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'error' });
    expect(JSON.stringify(recording.error)).not.toContain('secret');
  });

  it('makes a real response of an early failure with awaitFirst', async () => {
    const refusal = throwError(() => Object.assign(new Error('the secret'), { status: 503 }));
    const { url } = await serving((request) => toSseResponse(refusal, { request, awaitFirst: true }));
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('Internal error');
  });

  it('answers HEAD with the headers alone, leaves the source alone, and goes on serving', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request }));
    for (let time = 0; time < 3; time++) {
      const response = await fetch(url, { method: 'HEAD' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(await response.text()).toBe('');
    }
    expect(messages.subscriptions()).toBe(0);
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  if (dropsBodyOfHead)
    it('keeps nothing running after HEAD when it is not told of the request', async () => {
      const messages = producer('a');
      const { url } = await serving(() => toSseResponse(messages.source, { heartbeat: 0 }));
      const response = await fetch(url, { method: 'HEAD' });
      expect(response.status).toBe(200);
      await messages.observedBy(0);
    });

  it('hands on that the client has gone before there was a response', async () => {
    const silent = producer<string>();
    const { url } = await serving((request) =>
      toSseResponse(silent.source, { request, awaitFirst: true, mapError: () => 'gone' }),
    );
    const client = absentClient(url);
    await silent.observedBy(1);
    client.leave();
    await silent.observedBy(0);
  });

  it('hands on the signal of the request', async () => {
    let leave: () => void;
    const gone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const held: Request[] = [];
    const { url } = await serving((request) => {
      held.push(request);
      request.signal.addEventListener('abort', () => {
        leave();
      });
      return toSseResponse(NEVER, { request });
    });
    const response = await fetch(url);
    await response.body?.cancel();
    await gone;
  });

  it('streams to a POST whose body the handler does not read, and notices the disconnect', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 20 }));
    const body = 'x'.repeat(512 * 1024);
    const recording = record(fromEventSource(url, { method: 'POST', body }));
    await recording.received(1);
    messages.next('b');
    await recording.received(2);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  it('streams to a POST whose body was read, and notices that its client leaves, without a write', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const recording = record(fromEventSource(url, { method: 'POST', body: 'a question' }));
    await recording.received(1);
    messages.next('b');
    await recording.received(2);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  it('continues after the last event ID when the connection is cut', async () => {
    const numbers = producer<{ id: string; data: number }>();
    const feed = resumable(numbers.source);
    const server = await serving((request) => toSseResponse(feed, { request, retry: 100 }));
    const recording = record(fromEventSource(server.url).pipe(map(({ data }) => Number(data))));
    await numbers.observedBy(1);
    for (let n = 1; n <= 3; n++) numbers.next({ id: `é${n}`, data: n });
    await recording.received(3);
    (await server.exchange(1)).response.socket?.destroy();
    numbers.next({ id: 'é4', data: 4 });
    await recording.received(4);
    numbers.next({ id: 'é5', data: 5 });
    numbers.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: [1, 2, 3, 4, 5], outcome: 'complete' });
    expect(server.exchanges).toHaveLength(2);
  });

  it('passes on that clients are to stop', async () => {
    const server = await serving(() => sseStop());
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
    expect(server.exchanges).toHaveLength(1);
  });
});
