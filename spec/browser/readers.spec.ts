import { filter, map, take } from 'rxjs';
import { endOn, fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { record } from '../support/recording';
import type { Stats } from './server';

const rejections: unknown[] = [];
const note = (event: PromiseRejectionEvent): void => {
  rejections.push(event.reason);
};

let test = 0;
beforeEach(() => {
  test++;
  rejections.length = 0;
  addEventListener('unhandledrejection', note);
});
afterEach(async () => {
  // The event comes in a task of its own, after the one that leaves the promise.
  await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => setTimeout(resolve));
  removeEventListener('unhandledrejection', note);
  expect(rejections).toEqual([]);
});

/** An address of the server that it counts for this test alone. */
const at = (path: string): string => `${inject('streams')}${path}?test=${test}`;

const stats = async (): Promise<Stats> => (await (await fetch(at('stats'))).json()) as Stats;

/** The server closes no connection of its own here: it is the client who has gone. */
const expectClosed = (): Promise<void> =>
  expect.poll(stats, { timeout: 5_000 }).toMatchObject({ requests: 1, open: 0 });

describe('fromChunkedFetch in a browser', () => {
  it('emits text as it comes, characters whole, and completes', async () => {
    const recording = record(fromChunkedFetch(at('text')));
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(recording.values.join('')).toBe('Grüße, 日本 🙂');
    expect(recording.values.length).toBeGreaterThan(1);
  });

  it('closes the connection when unsubscribed in mid-body', async () => {
    const recording = record(fromChunkedFetch(at('rows'), { responseType: 'bytes' }));
    await recording.received(2);
    recording.subscription.unsubscribe();
    const { length } = recording.values;
    await expectClosed();
    expect(recording.values).toHaveLength(length);
    expect(recording.outcome).toBeUndefined();
  });

  it('completes at status 204, for which a browser gives a body', async () => {
    const recording = record(fromChunkedFetch(at('stop')));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
  });
});

describe('fromNdjsonFetch in a browser', () => {
  it('emits values as they come, and closes the connection behind take', async () => {
    const recording = record(fromNdjsonFetch<{ index: number; text: string }>(at('rows')).pipe(take(20)));
    await recording.ended();
    expect(recording.values).toEqual(Array.from({ length: 20 }, (_, index) => ({ index, text: '✓' })));
    await expectClosed();
  });

  it('projects one at a time, in order', async () => {
    let running = 0;
    let most = 0;
    const project = async ({ index }: { index: number }): Promise<number> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return index;
    };
    const recording = record(
      fromNdjsonFetch<{ index: number }, number>(at('rows'), { project }).pipe(take(10)),
    );
    await recording.ended();
    expect(recording.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(1);
  });

  it('errors in the connect phase when no response comes', async () => {
    const recording = record(fromNdjsonFetch(at('dropped')));
    await recording.ended();
    expect(recording.error).toMatchObject({
      name: 'StreamNetworkError',
      phase: 'connect',
      url: at('dropped'),
      attempt: 1,
      cause: expect.any(Error) as unknown,
    });
  });

  it('errors in the body phase when the connection is cut, after what came before', async () => {
    const recording = record(fromNdjsonFetch(at('cut')));
    await recording.received(1);
    await fetch(at('cut/now'));
    await recording.ended();
    expect(recording.values).toEqual([{ a: 1 }]);
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body', url: at('cut') });
  });

  it('errors with what the server said when it refuses', async () => {
    const recording = record(fromNdjsonFetch(at('refused')));
    await recording.ended();
    expect(recording.error).toMatchObject({
      name: 'HttpStatusError',
      status: 429,
      retryAfter: 7_000,
      body: 'Slow down',
    });
  });

  it('errors with the reason of a signal and closes the connection', async () => {
    const controller = new AbortController();
    const recording = record(fromNdjsonFetch(at('rows'), { signal: controller.signal }));
    await recording.received(1);
    const reason = new Error('stop');
    controller.abort(reason);
    expect(recording.error).toBe(reason);
    await expectClosed();
  });
});

describe('fromEventSource in a browser', () => {
  it('reconnects after ends and cuts with the last event ID, without a loss or a message twice', async () => {
    const recording = record(
      fromEventSource(at('numbers')).pipe(
        map(({ data }) => Number(data)),
        take(15),
      ),
    );
    for (const count of [3, 6, 9, 12]) {
      await recording.received(count);
      await fetch(at('cut/now'));
    }
    await recording.ended();
    expect(recording.values).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    expect((await stats()).lastEventIds).toEqual([null, '3', '6', '9', '12']);
  });

  it('closes the connection when unsubscribed on a stream that has gone quiet', async () => {
    const recording = record(fromEventSource(at('quiet')));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await expectClosed();
    expect(recording.values).toHaveLength(1);
    expect(recording.outcome).toBeUndefined();
  });

  it('closes the connection when unsubscribed before a response', async () => {
    const recording = record(fromEventSource(at('unanswered')));
    await expect.poll(stats).toMatchObject({ open: 1 });
    recording.subscription.unsubscribe();
    await expectClosed();
    expect(recording.outcome).toBeUndefined();
  });

  it('closes the connection when unsubscribed inside next', async () => {
    const seen: string[] = [];
    const recording = record(
      fromEventSource(at('chat'), { method: 'POST', body: 'Why?' }).pipe(
        filter(({ data }) => {
          seen.push(data);
          if (seen.length === 2) recording.subscription.unsubscribe();
          return true;
        }),
      ),
    );
    await expectClosed();
    expect(seen).toHaveLength(2);
  });

  it('posts a question, and has its answer end on the mark and the connection closed', async () => {
    const recording = record(
      fromEventSource(at('chat'), { method: 'POST', body: 'Why?' }).pipe(
        endOn('[DONE]'),
        map(({ data }) => (JSON.parse(data) as { delta: string }).delta),
      ),
    );
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(recording.values.join('')).toBe('You asked: Why?');
    await expectClosed();
    expect((await stats()).bodies).toEqual(['Why?']);
  });

  it('completes at status 204, for which a browser gives a body, and does not come back', async () => {
    const recording = record(fromEventSource(at('stop')));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
    expect(await stats()).toMatchObject({ requests: 1 });
  });

  it('errors when it is given a page', async () => {
    const recording = record(fromEventSource(at('page')));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'ContentTypeError', contentType: 'text/html' });
  });

  it('sends a Request with its body anew for each subscription', async () => {
    const request = new Request(at('chat'), { method: 'POST', body: 'Again?' });
    const answer$ = fromEventSource(request).pipe(endOn('[DONE]'));
    for (let turn = 0; turn < 2; turn++) {
      const recording = record(answer$);
      await recording.ended();
      expect(recording.outcome).toBe('complete');
      expect(recording.values).toHaveLength(4);
    }
    expect((await stats()).bodies).toEqual(['Again?', 'Again?']);
  });

  it('resolves an address against the page, as fetch does', async () => {
    const recording = record(fromEventSource('/@vitest-no-such-stream', { reconnect: false }));
    await recording.ended();
    // Whatever the page's own server says to it, it is an answer to a request that was sent.
    expect(recording.error).toMatchObject({
      url: new URL('/@vitest-no-such-stream', location.href).href,
      attempt: 1,
    });
  });
});
