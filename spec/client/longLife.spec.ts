import { NEVER } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamAttempt } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collected } from '../support/collected';

const CONNECTIONS = 20;

const headers = { 'content-type': 'text/event-stream' };

/** A body that is cut off. */
const cut = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: (controller) => {
      controller.error(new TypeError('terminated'));
    },
  });

describe('A stream that has lived through many failures holds the last of them', () => {
  it.each([
    ['connections that fail', () => Promise.reject(new TypeError('fetch failed'))],
    ['bodies that break', () => Promise.resolve(new Response(cut(), { headers }))],
    ['refusals', () => Promise.resolve(new Response('busy', { status: 503 }))],
  ])('(%s)', async (_, fetch: () => Promise<Response>) => {
    const errors: WeakRef<object>[] = [];
    await new Promise<void>((resolve) => {
      const request = ({ attempt, error }: StreamAttempt): RequestInit[] => {
        if (error) errors.push(new WeakRef(error));
        if (attempt > CONNECTIONS) resolve();
        return [{}];
      };
      const subscription = fromEventSource('http://localhost/', {
        fetch: () => (errors.length < CONNECTIONS ? fetch() : NEVER),
        request,
        reconnect: { delay: () => [0] },
      }).subscribe();
      onTestFinished(() => {
        subscription.unsubscribe();
      });
    });

    expect(errors).toHaveLength(CONNECTIONS);
    expect(await collected(errors)).toBeGreaterThanOrEqual(CONNECTIONS - 1);
  });
});
