import { EMPTY, NEVER, asyncScheduler, concat, of } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scheduled } from '../support/scheduler';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Ten thousand would prove no more: virtual time sorts all timers with each new one. */
const CLIENTS = 200;
const RETRY_AFTER = 10_000;
/** Time from which the server accepts connections again. */
const BACK_AT = 30_000;

/** Numbers from 0 to 1 that are the same in each run (Numerical Recipes, chapter 7.1). */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const answer = (status: number, headers: Headers, body: StreamResponse['body']): StreamResponse => ({
  ok: status === 200,
  url: '',
  status,
  statusText: '',
  headers,
  body,
});

/** The times of the requests of each client of a server that fails at 0 and is back later. */
function storm(): { readonly requests: readonly (readonly number[])[]; readonly messages: number } {
  vi.spyOn(Math, 'random').mockImplementation(seeded());
  const requests: number[][] = [];
  let messages = 0;
  scheduled(({ flush }) => {
    for (let client = 0; client < CLIENTS; client++) {
      const times: number[] = [];
      requests.push(times);
      const fetch: StreamFetch = () => {
        times.push(asyncScheduler.now());
        const headers = new Headers({ 'content-type': 'text/event-stream' });
        // The connection on which the client was healthy, until the server failed.
        if (times.length === 1) return of(answer(200, headers, of('data: before\n\n')));
        if (asyncScheduler.now() >= BACK_AT) {
          return of(answer(200, headers, concat(of('data: after\n\n'), NEVER)));
        }
        headers.set('retry-after', String(RETRY_AFTER / 1_000));
        return of(answer(503, headers, EMPTY));
      };
      fromEventSource('/feed', { fetch }).subscribe(({ data }) => {
        if (data === 'after') messages++;
      });
    }
    flush();
  });
  return { requests, messages };
}

describe('Clients of a server that fails and answers with Retry-After', () => {
  it('spread, keep Retry-After, and are all back in the end', () => {
    const { requests, messages } = storm();
    expect(messages).toBe(CLIENTS);

    const refused = requests.flatMap((times) =>
      times.slice(1).map((time, index) => [time, times[index + 2]]),
    );
    const waits = refused.flatMap(([at = 0, next]) => (next === undefined ? [] : [next - at]));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(RETRY_AFTER);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1.5 * 24_000);

    // Their first reconnection, which no answer has told when to come, is exactly after the delay of the stream.
    expect(new Set(requests.map(([, first]) => first))).toEqual(new Set([3_000]));
    const later = requests.flatMap((times) => times.slice(2));
    const seconds = new Map<number, number>();
    for (const time of later) {
      const second = Math.floor(time / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    // `Retry-After` of 10 s is lengthened by up to 5 s, so a second gets about a fifth of the clients.
    expect(Math.max(...seconds.values())).toBeLessThan(CLIENTS / 3);
    expect(new Set(later).size).toBeGreaterThan(CLIENTS / 2);
  });
});
