import { Subject, map, mergeMap, of, race, throwError, timer } from 'rxjs';
import { StreamTimeoutError, fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { scheduled } from '../support/scheduler';

afterEach(() => {
  vi.restoreAllMocks();
});

const chunks = { a: 'data: a\n\n', k: ':\n\n' };

/** A subscription to a server in marbles, and when its requests came. */
function visit(
  responses: MarbleResponse[] | MarbleResponse,
  init: EventSourceFetchInit = {},
  until = 60_000,
): Recording<unknown> & { readonly frames: readonly number[] } {
  let visited!: Recording<unknown> & { readonly frames: readonly number[] };
  scheduled(({ cold, flush }) => {
    const { fetch, requests } = marbleFetch(cold, Array.isArray(responses) ? responses : () => responses);
    const recording = record(fromEventSource('/feed', { fetch, ...init }));
    timer(until).subscribe(() => {
      recording.subscription.unsubscribe();
    });
    flush();
    visited = Object.assign(recording, { frames: requests.map(({ frame }) => frame) });
  });
  return visited;
}

const gaps = (frames: readonly number[]): number[] =>
  frames.slice(1).map((frame, index) => frame - frames[index]!);

describe.each(readers)('connectTimeout of $name', ({ readOnce, mediaType, frame }) => {
  const answering = (response: MarbleResponse): MarbleResponse => ({
    headers: { 'content-type': mediaType },
    chunks: { a: frame('a') },
    ...response,
  });

  it('ends the wait for the headers, and says so', () => {
    scheduled(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, [answering({ response: '------(r|)', body: 'a|' })]);
      const error = new StreamTimeoutError({ connectTimeout: 5 });
      expectObservable(readOnce('/feed', { fetch: server.fetch, connectTimeout: 5 })).toBe(
        '-----#',
        undefined,
        Object.assign(error, { attempt: 1, url: '/feed' }),
      );
      flush();
      expect(server.requests[0]?.signal.aborted).toBe(true);
    });
  });

  it('does not count the body, and replaces idleTimeout until the headers', () => {
    scheduled(({ cold, expectObservable }) => {
      const server = marbleFetch(cold, () => answering({ response: '----(r|)', body: '-----a---|' }));
      const { fetch } = server;
      expectObservable(readOnce('/feed', { fetch, connectTimeout: 5 })).toBe('---------a---|');
      expectObservable(readOnce('/feed', { fetch, connectTimeout: 5, idleTimeout: 3 })).toBe(
        '-------#',
        undefined,
        expect.objectContaining({ idleTimeout: 3 }),
      );
      expectObservable(readOnce('/feed', { fetch, idleTimeout: 3 })).toBe(
        '---#',
        undefined,
        expect.objectContaining({ idleTimeout: 3 }),
      );
    });
  });

  it('begins when the request is sent, after its factories', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, () => answering({ response: '----(r|)', body: '(a|)' }));
      const request = () => timer(20).pipe(map(() => ({})));
      const input = () => timer(30).pipe(map(() => '/feed'));
      expectObservable(readOnce(input, { fetch, request, connectTimeout: 5 })).toBe('34ms (a|)');
    });
  });
});

describe('connectTimeout', () => {
  it('is a reason to ask again, for each request anew', () => {
    const { frames, outcome } = visit(
      { response: '-' },
      { connectTimeout: 1_000, reconnect: { jitter: 0 } },
      20_000,
    );
    expect(frames).toEqual([0, 4_000, 11_000]);
    expect(outcome).toBeUndefined();
  });
});

describe('jitter', () => {
  it.each([0, 0.25, 0.5, 1])('of %d is the part of a delay that chance adds to it', (jitter) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const { frames } = visit({ status: 503 }, { reconnect: { jitter } });
    expect(gaps(frames).slice(0, 3)).toEqual(
      [3_000, 6_000, 12_000].map((ms, index) => ms * ((index && 1 + jitter / 2) || 1)),
    );
  });

  it('that is omitted is 0.5', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(gaps(visit({ status: 503 }).frames).slice(0, 2)).toEqual([3_000, 9_000]);
  });

  it('of 0 leaves nothing to chance', () => {
    const random = vi.spyOn(Math, 'random');
    const runs = [1, 2].map(() => visit({ response: '#' }, { reconnect: { jitter: 0 } }).frames);
    expect(runs[0]).toEqual(runs[1]);
    expect(random.mock.results.every(({ value }) => Number(value) * 0 === 0)).toBe(true);
  });
});

describe('A delay', () => {
  it.each([0, 0.001, 1])('of %d ms is a number after any number of failures', (delay) => {
    const delays: unknown[] = [];
    scheduled(({ flush }) => {
      fromEventSource('/feed', {
        fetch: () => throwError(() => new TypeError('no')),
        reconnect: { delay, maxDelay: 1, count: 1_200 },
        observe: 'lifecycle',
      }).subscribe({
        next: (event) => {
          if (event.type === 'reconnecting') delays.push(event.delay);
        },
        error: () => undefined,
      });
      flush();
    });
    expect(delays).toHaveLength(1_200);
    expect(delays.filter((each) => !(Number(each) >= delay && Number(each) <= 1.5))).toEqual([]);
  });

  it('of its own is given what would have been waited', () => {
    const suggestions: number[] = [];
    const { frames } = visit(
      [
        { body: '(a|)', chunks },
        { status: 503 },
        { status: 503, headers: { 'retry-after': '20' } },
        { body: '(r|)', chunks: { r: 'retry: 500\n\n' } },
        { body: '-' },
      ],
      {
        reconnect: {
          jitter: 0,
          delay: (_, __, suggested) => {
            suggestions.push(suggested);
            return timer(10);
          },
        },
      },
    );
    expect(suggestions).toEqual([3_000, 6_000, 20_000, 4_000]);
    expect(frames).toEqual([0, 10, 20, 30, 40]);
  });

  it('of its own may be what is suggested or what comes first', () => {
    const onlineSubject = new Subject<void>();
    const { frames } = visit([{ status: 503 }, { status: 503 }, { body: '-' }], {
      reconnect: {
        jitter: 0,
        delay: (_, retryCount, suggested) => {
          if (retryCount === 2)
            timer(7)
              .pipe(map(() => undefined))
              .subscribe(onlineSubject);
          return race(timer(suggested), onlineSubject);
        },
      },
    });
    expect(frames).toEqual([0, 3_000, 3_007]);
  });
});

describe('statuses', () => {
  it.each([520, 521, 522, 523, 524, 529, 530])(
    'of proxies that pass, such as %i, are asked again',
    (status) => {
      expect(visit({ status }, {}, 4_000).frames).toEqual([0, 3_000]);
    },
  );

  it.each([525, 526, 527, 528, 531, 400, 501, 505])('such as %i are not', (status) => {
    expect(visit({ status }).frames).toEqual([0]);
  });

  it('may be a predicate', () => {
    const asked: number[] = [];
    const statuses = (status: number): boolean => {
      asked.push(status);
      return status > 500;
    };
    const { frames, error } = visit([{ status: 501 }, { status: 500 }], { reconnect: { statuses } });
    expect(frames).toEqual([0, 3_000]);
    expect(asked).toEqual([501, 500]);
    expect(error).toMatchObject({ status: 500 });
  });

  it('of a predicate that fails are its error', () => {
    const reason = new Error('no');
    const statuses = (): boolean => {
      throw reason;
    };
    expect(visit({ status: 503 }, { reconnect: { statuses } })).toMatchObject({ error: reason });
  });
});

describe('A factory', () => {
  it('that takes its time is not what times out', () => {
    const { frames } = visit(
      { response: '-' },
      {
        connectTimeout: 100,
        request: () =>
          of(1).pipe(
            mergeMap(() => timer(500)),
            map(() => ({})),
          ),
        reconnect: false,
      },
    );
    expect(frames).toEqual([500]);
  });
});
