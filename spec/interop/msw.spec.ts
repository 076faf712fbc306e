import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { map, take } from 'rxjs';
import { fromEventSource, fromNdjsonFetch, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const FEED = 'http://mocked.test/feed';
const server = setupServer();
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});

const streamed = (...chunks: readonly string[]): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
};

describe('msw', () => {
  it("mocks an event stream for fromEventSource, which comes back with the last event's id", async () => {
    const ids: (string | null)[] = [];
    server.use(
      http.get(FEED, ({ request }) => {
        ids.push(request.headers.get('last-event-id'));
        return new HttpResponse(streamed('event: tick\nid: 1\nda', 'ta: a\n\n'), {
          headers: { 'content-type': 'text/event-stream' },
        });
      }),
    );
    const messages$ = fromEventSource(FEED, { reconnect: { delay: 1 } }).pipe(take(2));
    const recording = record(messages$);
    await recording.ended();
    expect(recording.values).toEqual([
      { type: 'tick', id: '1', data: 'a' },
      { type: 'tick', id: '1', data: 'a' },
    ]);
    expect(ids).toEqual([null, '1']);
  });

  it('mocks rows, refusals and a network that is down for fromNdjsonFetch', async () => {
    server.use(
      http.get(FEED, () => new HttpResponse(streamed('{"a":1}\n{"a', '":2}\n')), { once: true }),
      http.get(FEED, () => HttpResponse.json({ error: 'slow down' }, { status: 429 }), { once: true }),
      http.get(FEED, () => HttpResponse.error()),
    );
    const rows = record(fromNdjsonFetch(FEED));
    await rows.ended();
    expect(rows).toMatchObject({ values: [{ a: 1 }, { a: 2 }], outcome: 'complete' });
    const refused = record(fromNdjsonFetch(FEED));
    await refused.ended();
    expect(refused.error).toMatchObject({ name: 'HttpStatusError', status: 429 });
    const down = record(fromNdjsonFetch(FEED));
    await down.ended();
    expect(down.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
  });

  it('serves our own Responses, live and to their end', async () => {
    const rows = producer(1);
    server.use(
      http.get(FEED, ({ request }) => toSseResponse(['a', 'b'], { request })),
      http.get(`${FEED}/rows`, ({ request }) => toNdjsonResponse(rows.source, { request })),
    );
    const messages = record(fromEventSource(FEED).pipe(map(({ data }) => data)));
    await messages.ended();
    expect(messages).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
    const recording = record(fromNdjsonFetch(`${FEED}/rows`));
    await recording.received(1);
    rows.next(2);
    rows.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: [1, 2], outcome: 'complete' });
  });
});
