import {
  EMPTY,
  NEVER,
  Subject,
  concat,
  delay,
  finalize,
  first,
  firstValueFrom,
  map,
  merge,
  of,
  throwError,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import {
  ContentTypeError,
  HttpStatusError,
  StreamLimitError,
  StreamNetworkError,
  StreamServerError,
  StreamTimeoutError,
  StreamTruncatedError,
  fromEventSource,
} from 'rxjs-http-streams';
import type { EventSourceFetchInit, LifecycleEvent, SseMessage, StreamAttempt } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleFetch, MarbleResponse } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scheduled } from '../support/scheduler';

const chunks = {
  a: 'data: a\n\n',
  b: 'data: b\n\n',
  i: 'id: 7\ndata: i\n\n',
  k: ': keep-alive\n\n',
  // What a stream of our own adds: an announcement, its end, its failure.
  p: ':rxjs-http-streams\nretry: 3000\n\n',
  e: ':rxjs-http-streams end\n\n',
  f: ':rxjs-http-streams error out of paper\n\n',
};
const cut = new TypeError('cut');
const answer = (response: MarbleResponse): MarbleResponse => ({ chunks, error: cut, ...response });

/** The data of the messages, so that marbles can be compared. */
const dataOf = (init: EventSourceFetchInit): Observable<string> =>
  fromEventSource('/feed', init).pipe(map(({ data }) => data));

/** Records the init of each call of `fetch`. */
function sent(options: EventSourceFetchInit): RequestInit[] {
  const inits: RequestInit[] = [];
  fromEventSource('/feed', {
    ...options,
    fetch: (_, init) => {
      inits.push(init);
      return NEVER;
    },
  })
    .subscribe()
    .unsubscribe();
  return inits;
}

interface Outcome {
  readonly data: string[];
  readonly events: LifecycleEvent<SseMessage>[];
  readonly server: MarbleFetch;
  /** Times of the requests, in virtual milliseconds. */
  readonly frames: number[];
  readonly error: unknown;
  readonly completed: boolean;
}

/** One subscription to a server in marbles, left after a minute at the latest. */
function run(responses: MarbleResponse[], init: EventSourceFetchInit = {}, until = 60_000): Outcome {
  const events: LifecycleEvent<SseMessage>[] = [];
  let outcome: Pick<Outcome, 'error' | 'completed'> = { error: undefined, completed: false };
  let server!: MarbleFetch;
  scheduled(({ cold, flush }) => {
    server = marbleFetch(cold, responses.map(answer));
    const subscription = fromEventSource('/feed', {
      fetch: server.fetch,
      observe: 'lifecycle',
      ...init,
    }).subscribe({
      next: (event) => events.push(event),
      error: (error: unknown) => (outcome = { error, completed: false }),
      complete: () => (outcome = { error: undefined, completed: true }),
    });
    timer(until).subscribe(() => {
      subscription.unsubscribe();
    });
    flush();
  });
  return {
    ...outcome,
    events,
    server,
    frames: server.requests.map(({ frame }) => frame),
    data: events.flatMap((event) => (event.type === 'value' ? [event.value.data] : [])),
  };
}

let random = vi.spyOn(Math, 'random');
beforeEach(() => {
  random = vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  random.mockRestore();
  vi.useRealTimers();
});

describe('fromEventSource', () => {
  it('emits messages as they arrive, and sends its request when it is subscribed', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const server = marbleFetch(cold, [answer({ response: '--r', body: '-a-b-' })]);
      const data$ = dataOf({ fetch: server.fetch });
      expect(server.requests).toHaveLength(0);

      expectObservable(data$, '^------!').toBe('---a-b--');
      flush();
      expectSubscriptions(server.requests[0]!.subscriptions).toBe('--^----!');
    });
  });

  it('is cold: each subscription sends a request of its own', () => {
    scheduled(({ cold, expectObservable, flush }) => {
      const server = marbleFetch(cold, () => answer({ body: '-a-' }));
      const data$ = dataOf({ fetch: server.fetch });
      expectObservable(data$, '^---!').toBe('-a-');
      expectObservable(data$, '--^---!').toBe('---a-');
      flush();
      expect(server.requests.map(({ frame }) => frame)).toEqual([0, 2]);
    });
  });

  it('aborts the request when it is unsubscribed in mid-body, and none whose body has ended', () => {
    const left = run([{ body: '-a---b' }], {}, 3);
    expect(left.server.requests[0]?.signal.aborted).toBe(true);
    expect(left.data).toEqual(['a']);

    const whole = run([{ body: '-a-|' }], { reconnect: false });
    expect(whole.completed).toBe(true);
    expect(whole.server.requests[0]?.signal.aborted).toBe(false);
  });

  it('aborts a request that has no response yet', () => {
    expect(run([{ response: '-' }], {}, 3).server.requests[0]?.signal.aborted).toBe(true);
  });

  it('asks for an event stream past every cache', () => {
    const init = sent({});
    expect(init[0]?.cache).toBe('no-store');
    expect(init[0]?.credentials).toBeUndefined();
    expect(new Headers(init[0]?.headers).get('accept')).toBe('text/event-stream');
  });

  it('leaves what it asks for, and the cache, to who says it', () => {
    const init = sent({ headers: { accept: 'text/event-stream, */*' }, cache: 'reload' });
    expect(init[0]?.cache).toBe('reload');
    expect(new Headers(init[0]?.headers).get('accept')).toBe('text/event-stream, */*');
  });

  it.each<[string, EventSourceFetchInit]>([
    ['a GET without a body', {}],
    ['a POST with one', { method: 'POST', body: '{}' }],
  ])('sends %s as it is through the fetch of the platform', async (_, init) => {
    const fetched = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(() =>
        Promise.resolve(new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })),
      );
    const { data } = await firstValueFrom(fromEventSource('http://localhost/', init));
    expect(data).toBe('a');
    expect(fetched.mock.calls).toEqual([['http://localhost/', expect.objectContaining(init)]]);
    fetched.mockRestore();
  });

  describe('reconnects', () => {
    it('3 s after a clean end, with the last event ID that was dispatched', () => {
      const { data, frames, server } = run([{ body: '-i-|' }, { body: '-b-' }]);
      expect(data).toEqual(['i', 'b']);
      expect(frames).toEqual([0, 3_003]);
      expect(server.requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '7']);
    });

    it.each<[string, MarbleResponse, EventSourceFetchInit, number]>([
      ['a cut', { body: '-a-#' }, {}, 3],
      ['a connection that failed', { response: '-#' }, {}, 1],
      ['silence before the response', { response: '-' }, { idleTimeout: 100 }, 100],
      ['silence in the body', { body: '-a-' }, { idleTimeout: 100 }, 101],
    ])('3 s after %s', (_, response, init, ended) => {
      const { frames, data } = run([response, { body: 'b-' }], init, 3_150);
      expect(frames).toEqual([0, ended + 3_000]);
      expect(data.at(-1)).toBe('b');
    });

    it.each([408, 425, 429, 500, 502, 503, 504])('after status %i', (status) => {
      expect(run([{ status, body: '|' }, { body: 'b-' }]).frames).toEqual([0, 3_000]);
    });

    it('on its own for GET and HEAD only: a POST is never sent again', () => {
      for (const method of ['GET', 'get', 'HEAD']) {
        expect(run([{ body: '|' }], { method }, 5_000).frames).toHaveLength(2);
      }
      for (const method of ['POST', 'PUT', 'DELETE', 'QUERY', 'TARGET', 'HEADLESS']) {
        expect(run([{ body: '-a-|' }], { method })).toMatchObject({ frames: [0], completed: true });
        const { error, frames } = run([{ body: '-a-#' }], { method });
        expect(frames).toEqual([0]);
        expect(error).toBeInstanceOf(StreamNetworkError);
      }
    });

    it('a POST when it is told to, and no GET when it is told not to', () => {
      expect(run([{ body: '|' }], { method: 'POST', reconnect: true }, 5_000).frames).toHaveLength(2);
      expect(run([{ body: '|' }], { method: 'POST', reconnect: { count: 1 } }).frames).toHaveLength(2);
      expect(run([{ body: '|' }], { reconnect: false })).toMatchObject({ frames: [0], completed: true });
    });

    it('takes the method of the request factory for the method', () => {
      const { frames } = run([{ body: '-a-|' }], { request: () => of({ method: 'POST' }) });
      expect(frames).toEqual([0]);
    });

    it('never has two connections at once', () => {
      const { server } = run([{ body: '-a-#' }, { body: '-a-|' }, { body: '-b-' }], {}, 20_000);
      const spans = server.requests
        .slice(0, 3)
        .map(
          ({ subscriptions }) =>
            (subscriptions as { subscribedFrame: number; unsubscribedFrame: number }[])[0]!,
        );
      expect(spans[0]!.unsubscribedFrame).toBeLessThan(spans[1]!.subscribedFrame);
      expect(spans[1]!.unsubscribedFrame).toBeLessThan(spans[2]!.subscribedFrame);
    });

    it('with the original URL', () => {
      const { server } = run([{ url: 'http://elsewhere/', body: '|' }, { body: 'b-' }]);
      expect(server.requests.map(({ url }) => url)).toEqual(['/feed', '/feed']);
    });
  });

  describe('stops for good', () => {
    it('at 204: complete, whatever the platform gives for a body', () => {
      expect(run([{ status: 204, body: 'a-' }])).toMatchObject({ completed: true, data: [] });
      expect(run([{ body: '-a-|' }, { status: 204 }])).toMatchObject({ completed: true, data: ['a'] });
    });

    it.each([201, 206, 301, 400, 401, 403, 404, 501])('at status %i: an error', (status) => {
      const { error, frames } = run([{ status, statusText: 'No', body: '-n|', chunks: { n: 'why' } }]);
      expect(frames).toEqual([0]);
      expect(error).toBeInstanceOf(HttpStatusError);
      expect(error).toMatchObject({ status, statusText: 'No', body: 'why', attempt: 1, url: '/feed' });
    });

    it('at a wrong media type, or none: an error', () => {
      for (const headers of [{ 'content-type': 'text/html; charset=utf-8' }, { 'content-type': '' }]) {
        const { error, frames, server } = run([{ headers, body: '-a-' }]);
        expect(frames).toEqual([0]);
        expect(error).toBeInstanceOf(ContentTypeError);
        expect(server.requests[0]?.signal.aborted).toBe(true);
      }
    });

    it('at data that is too large: an error, with what came before delivered', () => {
      const { error, data } = run(
        [{ body: '(al)', chunks: { ...chunks, l: 'data: longer than that\n\n' } }],
        {
          maxMessageLength: 10,
        },
      );
      expect(data).toEqual(['a']);
      expect(error).toBeInstanceOf(StreamLimitError);
      expect(error).toMatchObject({ limit: 10, url: '/feed', attempt: 1 });
    });

    it('at a failure of the request factory, as it is', () => {
      const refused = new Error('no token');
      expect(run([], { request: () => throwError(() => refused) })).toMatchObject({
        error: refused,
        frames: [],
      });
    });

    it('at a failure of the request factory that looks like one of the connection', () => {
      const refused = new StreamNetworkError({ phase: 'connect', cause: new Error('no token') });
      const request = ({ attempt }: StreamAttempt): Observable<RequestInit> =>
        attempt === 1 ? of({}) : throwError(() => refused);
      expect(run([{ body: 'a|' }], { request })).toMatchObject({ error: refused, frames: [0] });
    });

    it('at an event ID that no header can carry', () => {
      const body = 'x|';
      const { error, frames } = run([{ body, chunks: { x: 'id: a\x01b\ndata: x\n\n' } }, { body: 'a' }]);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain('a\\x01b');
      expect(frames).toHaveLength(1);
    });

    it('where other statuses are asked for', () => {
      expect(run([{ status: 503, body: '|' }], { reconnect: { statuses: [] } }).error).toBeInstanceOf(
        HttpStatusError,
      );
      expect(
        run([{ status: 418, body: '|' }, { body: 'a' }], { reconnect: { statuses: [418] } }).data,
      ).toEqual(['a']);
    });
  });

  describe('media type', () => {
    it.each([
      'text/event-stream',
      'Text/Event-Stream',
      'text/event-stream;charset=UTF-8',
      ' text/event-stream ; a=b',
      'text/event-stream; a="b,c"',
      'text/event-stream, text/event-stream',
      'text/html, text/event-stream',
    ])('accepts %j', (type) => {
      expect(run([{ headers: { 'content-type': type }, body: 'a' }]).data).toEqual(['a']);
    });

    it.each([
      'text/event-streams',
      'text/event-stream x',
      'text/event',
      'x-text/event-stream',
      'text/html; charset=text/event-stream',
      'text/event-stream, text/html',
    ])('refuses %j', (type) => {
      const { error, data } = run([{ headers: { 'content-type': type }, body: 'a' }]);
      expect(data).toEqual([]);
      expect(error).toBeInstanceOf(ContentTypeError);
    });
  });

  describe('delay', () => {
    const refused = { response: '#' };
    const gaps = (frames: number[]): number[] =>
      frames.slice(1).map((frame, index) => frame - frames[index]!);

    it('doubles on failures in a row, up to maxDelay', () => {
      expect(gaps(run([refused, refused, refused, refused, refused, refused], {}, 150_000).frames)).toEqual([
        3_000, 6_000, 12_000, 24_000, 30_000, 30_000,
      ]);
      expect(gaps(run([refused, refused, refused], { reconnect: { maxDelay: 5_000 } }).frames)).toEqual([
        3_000, 5_000, 5_000,
      ]);
    });

    it('is up to half as much again from the second failure on, at random', () => {
      random.mockReturnValue(0.5);
      expect(gaps(run([refused, refused, refused]).frames)).toEqual([3_000, 7_500, 15_000]);
    });

    it('is the base again after a message', () => {
      random.mockReturnValue(0.5);
      const { frames } = run([refused, refused, { body: 'a|' }, refused]);
      expect(gaps(frames)).toEqual([3_000, 7_500, 3_001, 7_500]);
    });

    it('is the base again after 5 s without a message, not before', () => {
      expect(gaps(run([refused, refused, { body: 'k 4998ms |' }, refused], {}, 40_000).frames)).toEqual([
        3_000,
        6_000,
        4_999 + 12_000,
      ]);
      expect(gaps(run([refused, refused, { body: 'k 4999ms |' }, refused], {}, 18_000).frames)).toEqual([
        3_000,
        6_000,
        5_000 + 3_000,
      ]);
    });

    it('is what the server says in retry:, from 100 ms to maxDelay', () => {
      const after = (retry: string): number =>
        gaps(run([{ body: 'r|', chunks: { r: `retry: ${retry}\n` } }, { body: 'a' }]).frames)[0]! - 1;
      expect(after('1500')).toBe(1_500);
      expect(after('0')).toBe(100);
      expect(after('9999999999')).toBe(30_000);
      expect(after('9'.repeat(400))).toBe(30_000);
      expect(after('-5')).toBe(3_000);
      expect(after('1e3')).toBe(3_000);
    });

    it("keeps the server's retry: over connections", () => {
      const { frames } = run([
        { body: 'r|', chunks: { r: 'retry: 500\ndata: r\n\n' } },
        { body: 'a|' },
        { body: 'b' },
      ]);
      expect(gaps(frames)).toEqual([501, 501]);
    });

    it('is no shorter than Retry-After, in seconds or as a date', () => {
      const after = (value: string): number =>
        gaps(
          run([{ status: 503, headers: { 'retry-after': value }, body: '|' }, { body: 'a' }], {}, 90_000)
            .frames,
        )[0]!;
      expect(after('20')).toBe(20_000);
      expect(after(new Date(45_000).toUTCString())).toBe(45_000);
      expect(after('1')).toBe(3_000);
      expect(after(new Date(-1_000).toUTCString())).toBe(3_000);
      for (const nonsense of ['soon', '-1', '1.5', '5, 5', '2 seconds', '1 Jan 1970 00:00:45 GMT']) {
        expect(after(nonsense)).toBe(3_000);
      }
    });

    it('lasts to the date in Retry-After, however late its response comes', () => {
      const headers = { 'retry-after': new Date(45_000).toUTCString() };
      const { frames } = run([{ response: '9s r', status: 503, headers, body: '|' }, { body: 'a' }]);
      expect(frames).toEqual([0, 45_000]);
    });

    it('does not overflow a timer, whatever Retry-After says', () => {
      // Virtual time has no 32 bits to overflow, so these are the timers of the platform, faked.
      vi.useFakeTimers();
      let sent = 0;
      const subscription = fromEventSource('/feed', {
        fetch: () => {
          sent++;
          return of(new Response(null, { status: 503, headers: { 'retry-after': '99999999999' } }));
        },
      }).subscribe();
      vi.advanceTimersByTime(3_600_000);
      expect(sent).toBe(1);
      subscription.unsubscribe();
      expect(vi.getTimerCount()).toBe(0);
    });

    it('waits as long as Retry-After says', () => {
      const { frames } = run(
        [{ status: 503, headers: { 'retry-after': '99999999999' }, body: '|' }],
        {},
        90_000,
      );
      expect(frames).toEqual([0]);
    });

    it('is its own base where that is longer than maxDelay, which is for what grows', () => {
      const { frames } = run([refused, refused, refused], { reconnect: { delay: 40_000 } }, 90_000);
      expect(gaps(frames)).toEqual([40_000, 40_000]);
    });

    it('can begin elsewhere', () => {
      expect(gaps(run([refused, refused, refused], { reconnect: { delay: 10 } }).frames.slice(0, 4))).toEqual(
        [10, 20, 40],
      );
    });

    it("can be the application's own: the first value reconnects", () => {
      const calls: [unknown, number][] = [];
      const { frames } = run([{ body: '-a-|' }, refused, refused, { body: 'b' }], {
        reconnect: {
          delay: (error, retryCount) => {
            calls.push([error, retryCount]);
            return timer(7);
          },
        },
      });
      expect(gaps(frames)).toEqual([3 + 7, 7, 7]);
      expect(calls).toEqual([
        [undefined, 1],
        [expect.any(StreamNetworkError), 2],
        [expect.any(StreamNetworkError), 3],
      ]);
    });

    it("can be the application's own: without a value the stream ends as it did", () => {
      const reconnect = { delay: () => EMPTY };
      expect(run([refused], { reconnect }).error).toBeInstanceOf(StreamNetworkError);
      expect(run([{ body: '-a-|' }], { reconnect }).completed).toBe(true);
    });

    it("can be the application's own: its error is the stream's", () => {
      const offline = new Error('offline');
      expect(run([refused], { reconnect: { delay: () => throwError(() => offline) } }).error).toBe(offline);
    });

    it('ends, and nothing is sent, when it is unsubscribed meanwhile', () => {
      const { frames, data } = run([{ body: '-a-|' }, { body: 'b' }], {}, 1_000);
      expect(frames).toEqual([0]);
      expect(data).toEqual(['a']);
    });
  });

  describe('count', () => {
    const refused = { response: '#' };

    it('lets so many requests follow in a row, then errors with the last failure, unwrapped', () => {
      const { error, frames } = run([refused, refused, { status: 503, body: '|' }], {
        reconnect: { count: 2 },
      });
      expect(frames).toHaveLength(3);
      expect(error).toBeInstanceOf(HttpStatusError);
      expect(error).toMatchObject({ attempt: 3 });
    });

    it('names the request that failed, not the response before it', () => {
      const { error } = run([{ url: 'http://elsewhere/', body: '-#' }, refused], { reconnect: { count: 1 } });
      expect(error).toMatchObject({ url: '/feed', attempt: 2 });
    });

    it('counts anew after a healthy connection', () => {
      const { frames, error } = run([refused, { body: 'a#' }, refused, refused], { reconnect: { count: 1 } });
      expect(frames).toHaveLength(3);
      expect(error).toBeInstanceOf(StreamNetworkError);
    });

    it('completes when the last connection ended cleanly', () => {
      expect(run([{ body: '|' }, { body: '|' }], { reconnect: { count: 1 } })).toMatchObject({
        completed: true,
      });
    });
  });

  describe('last event ID', () => {
    const ids = ({ server }: Outcome): (string | null)[] =>
      server.requests.map(({ headers }) => headers.get('last-event-id'));

    it('starts with the option', () => {
      expect(ids(run([{ body: 'a|' }, { body: 'a' }], { lastEventId: '5' }))).toEqual(['5', '5']);
    });

    it('is the one of the last whole block: an id that was cut from its blank line does not count', () => {
      const body = 'x-y#';
      const blocks = { x: 'id: 7\ndata: x\n\n', y: 'id: 8\ndata: y\n' };
      const outcome = run([{ body, chunks: blocks }, { body: 'a' }]);
      expect(ids(outcome)).toEqual([null, '7']);
      expect(outcome.data).toEqual(['x', 'a']);
    });

    it('counts blocks without data, is cleared by an empty id, and ignores one with NUL', () => {
      expect(ids(run([{ body: 'x|', chunks: { x: 'id: 9\n\n' } }, { body: 'a' }]))).toEqual([null, '9']);
      expect(ids(run([{ body: 'ix|', chunks: { ...chunks, x: 'id\ndata: x\n\n' } }, { body: 'a' }]))).toEqual(
        [null, null],
      );
      expect(ids(run([{ body: 'ix|', chunks: { ...chunks, x: 'id: \0\n\n' } }, { body: 'a' }]))).toEqual([
        null,
        '7',
      ]);
    });

    it('is carried by later messages that have none, over connections too', () => {
      const { events } = run([{ body: 'ia|' }, { body: 'b' }]);
      expect(events.flatMap((event) => (event.type === 'value' ? [event.value.id] : []))).toEqual([
        '7',
        '7',
        '7',
      ]);
    });

    it.each(['a\tb', ' ~', '\x80', '\uffff'])('may be %j, which a header can carry', (id) => {
      expect(run([{ body: 'a|' }], { lastEventId: id, reconnect: false }).error).toBeUndefined();
    });

    it('may have 64 KiB as UTF-8, and not one byte more, of which it shows the beginning', () => {
      const longest = 'é'.repeat(32_768);
      expect(run([{ body: 'a|' }], { lastEventId: longest, reconnect: false }).error).toBeUndefined();
      const start = `lastEventId: no header can carry '${'é'.repeat(100)}'`;
      expect(() => fromEventSource('/feed', { lastEventId: `${longest}x` })).toThrow(new TypeError(start));
    });

    it('is sent as UTF-8', () => {
      const outcome = run([{ body: 'x|', chunks: { x: 'id: é-漢\n\n' } }, { body: 'a' }]);
      expect(Buffer.from(ids(outcome)[1]!, 'latin1').toString('utf8')).toBe('é-漢');
    });

    it('drops half a message and half a character with their connection', () => {
      const half = Uint8Array.of(0x64, 0x61, 0x74, 0x61, 0x3a, 0xe2, 0x82);
      const { data } = run([
        { body: 'x#', chunks: { x: half } },
        { body: 'x', chunks: { x: 'data: ok\n\n' } },
      ]);
      expect(data).toEqual(['ok']);
    });

    it('drops a byte order mark at the start of each connection', () => {
      const bom = { x: '\uFEFFdata: x\n\n' };
      expect(
        run([
          { body: 'x|', chunks: bom },
          { body: 'x', chunks: bom },
        ]).data,
      ).toEqual(['x', 'x']);
    });
  });

  describe('request', () => {
    it('is asked before each attempt, with what is known of it', () => {
      const attempts: StreamAttempt[] = [];
      const { server } = run([{ body: 'i#' }, { body: 'a|' }, { body: 'b' }], {
        headers: { authorization: 'stale', 'x-app': '1' },
        request: (attempt) => {
          attempts.push(attempt);
          return of({ headers: { Authorization: `token ${attempt.attempt}` } });
        },
      });
      expect(attempts).toEqual([
        { attempt: 1, lastEventId: '', error: undefined },
        { attempt: 2, lastEventId: '7', error: expect.any(StreamNetworkError) as unknown },
        { attempt: 3, lastEventId: '7', error: undefined },
      ]);
      expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
        'token 1',
        'token 2',
        'token 3',
      ]);
      expect(server.requests[1]?.headers.get('x-app')).toBe('1');
    });

    it('is waited for; leaving meanwhile sends nothing', () => {
      const pending = new Subject<RequestInit>();
      const { frames } = run([{ body: 'a' }], { request: () => pending }, 100);
      expect(frames).toEqual([]);
      expect(pending.observed).toBe(false);
      expect(run([{ body: 'a' }], { request: () => timer(50).pipe(map(() => ({}))) }).frames).toEqual([50]);
    });

    it('may give the address: an input function is asked before each attempt', () => {
      scheduled(({ cold, flush }) => {
        const server = marbleFetch(cold, [answer({ body: 'a|' }), answer({ body: 'b' })]);
        fromEventSource(({ attempt }) => of(`/feed?attempt=${attempt}`), { fetch: server.fetch }).subscribe();
        flush();
        expect(server.requests.map(({ url }) => url)).toEqual(['/feed?attempt=1', '/feed?attempt=2']);
      });
    });
  });

  describe('idleTimeout', () => {
    it('is reset by every byte, comments too', () => {
      const { error, data } = run([{ body: '50ms k 50ms k 50ms a-' }], {
        idleTimeout: 60,
        method: 'POST',
      });
      expect(data).toEqual(['a']);
      expect(error).toBeInstanceOf(StreamTimeoutError);
      expect(error).toMatchObject({ idleTimeout: 60, url: '/feed', attempt: 1 });
    });
  });

  describe('of a stream that says how it ended', () => {
    it.each(['GET', 'POST'])('completes at its end, at once and without asking again (%s)', (method) => {
      scheduled(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const server = marbleFetch(cold, [answer({ body: 'pa-e--b--' })]);
        expectObservable(dataOf({ fetch: server.fetch, method })).toBe('-a-|');
        flush();
        expect(server.requests).toHaveLength(1);
        expectSubscriptions(server.requests[0]!.subscriptions).toBe('^--!');
        expect(server.requests[0]!.signal.aborted).toBe(true);
      });
    });

    it('completes where the end comes in one chunk with the rest, whose values it delivers', () => {
      const whole = chunks.p + chunks.a + chunks.b + chunks.e + chunks.i;
      const outcome = run([{ body: 'w-|', chunks: { w: whole } }]);
      expect(outcome).toMatchObject({ completed: true, data: ['a', 'b'], frames: [0] });
    });

    it.each(['GET', 'POST'])('errors with what its server says, and does not ask again (%s)', (method) => {
      const { error, data, frames, server } = run([{ body: 'pa-f-|', url: 'http://there/' }], { method });
      expect(data).toEqual(['a']);
      expect(error).toBeInstanceOf(StreamServerError);
      expect(error).toMatchObject({ reason: 'out of paper', url: 'http://there/', attempt: 1 });
      expect(frames).toEqual([0]);
      expect(server.requests[0]?.signal.aborted).toBe(true);
    });

    it('is asked for again after a clean end that it did not announce as its own, from where it was', () => {
      const { data, frames, server, events } = run([{ body: 'pi-|' }, { body: 'pb-e' }]);
      expect(data).toEqual(['i', 'b']);
      expect(frames).toEqual([0, 3_003]);
      expect(server.requests[1]?.headers.get('last-event-id')).toBe('7');
      expect(events).toContainEqual({
        type: 'reconnecting',
        error: expect.any(StreamTruncatedError) as unknown,
        delay: 3_000,
        attempt: 2,
      });
    });

    it('names the request that was cut to who watches it reconnect', () => {
      const { events } = run([{ body: 'pi-|' }, { body: 'pb-e' }]);
      const [reconnecting] = events.filter(({ type }) => type === 'reconnecting');
      expect(reconnecting).toMatchObject({
        error: { name: 'StreamTruncatedError', url: '/feed', attempt: 1 },
      });
    });

    it('is cut where it ends cleanly without saying so: an error for a POST, and when retries are used up', () => {
      const post = run([{ body: 'pa-|' }], { method: 'POST' });
      expect(post).toMatchObject({ data: ['a'], frames: [0], completed: false });
      expect(post.error).toBeInstanceOf(StreamTruncatedError);
      expect(post.error).toMatchObject({ url: '/feed', attempt: 1 });

      const twice = run([{ body: 'p|' }, { body: 'p|' }], { reconnect: { count: 1 } });
      expect(twice.frames).toHaveLength(2);
      expect(twice.error).toBeInstanceOf(StreamTruncatedError);
      expect(twice.error).toMatchObject({ attempt: 2 });
    });

    it('is asked for again after a cut as any other', () => {
      const { data, frames, completed } = run([{ body: 'pi-#' }, { body: 'pb-e' }]);
      expect({ data, frames, completed }).toEqual({ data: ['i', 'b'], frames: [0, 3_003], completed: true });
    });

    it('announces it with each connection anew: one that does not has no end but the clean one', () => {
      const { completed, frames, error } = run([{ body: 'pa#' }, { body: 'b|' }], {
        reconnect: { count: 1 },
      });
      expect({ completed, error, frames }).toEqual({
        completed: false,
        error: undefined,
        frames: [0, 3_002, 6_003],
      });
      expect(run([{ body: 'pa#' }, { body: 'eb-|' }], { reconnect: { delay: () => timer(1) } }).data).toEqual(
        ['a', 'b'],
      );
    });

    it('changes nothing for who does not announce it, whatever its comments say', () => {
      const post = run([{ body: 'eafb|' }], { method: 'POST' });
      expect(post).toMatchObject({ data: ['a', 'b'], completed: true, error: undefined });
      const get = run([{ body: 'eafb|' }, { body: 'a-' }], {}, 4_000);
      expect(get).toMatchObject({ data: ['a', 'b', 'a'], completed: false, error: undefined });
    });

    it.each([
      ['completion', 'e', undefined],
      ['error', 'f', 'StreamServerError'],
    ])('projects all values before its %s', (_, end, name) => {
      const projected: unknown[] = [];
      const { error, completed } = run([{ body: `p(ab${end})` }], {
        project: ({ data }: SseMessage) =>
          of(data).pipe(
            delay(10),
            map((text) => projected.push(text)),
          ),
      } as EventSourceFetchInit);
      expect(projected).toEqual(['a', 'b']);
      expect(completed).toBe(name === undefined);
      expect((error as Error | undefined)?.name).toBe(name);
    });

    it('may be announced in pieces, of a byte each', () => {
      const text = chunks.p + chunks.a + chunks.e;
      const bytes = Object.fromEntries(
        Array.from(text, (byte, index) => [String.fromCharCode(0x4e00 + index), byte]),
      );
      const { completed, data } = run([{ body: `${Object.keys(bytes).join('')}-|`, chunks: bytes }]);
      expect({ completed, data }).toEqual({ completed: true, data: ['a'] });
    });
  });

  describe('pauseWhen', () => {
    /** Emits like a Subject or an attribute of the document, at the times given. */
    const at = (told: Readonly<Record<number, boolean>>): Observable<boolean> =>
      merge(...Object.entries(told).map(([ms, paused]) => timer(Number(ms)).pipe(map(() => paused))));
    const body = '-i---a---b---';

    it('breaks the connection off, and continues from its last event ID', () => {
      const { server, frames, data } = run([{ body }, { body: '-b-' }], {
        pauseWhen: at({ 3: true, 10: false }),
      });
      expect(data).toEqual(['i', 'b']);
      expect(frames).toEqual([0, 10]);
      expect(server.requests[0]?.signal.aborted).toBe(true);
      expect(server.requests[1]?.headers.get('last-event-id')).toBe('7');
    });

    it('sends nothing while the first it says is true, a POST neither', () => {
      expect(run([{ body }], { pauseWhen: of(true) }).frames).toEqual([]);
      const paused = concat(of(true), at({ 5: false }));
      expect(run([{ body }], { pauseWhen: paused }).frames).toEqual([5]);
      expect(run([{ body }], { pauseWhen: paused, method: 'POST' }).frames).toEqual([5]);
    });

    it('is not paused before it says so', () => {
      expect(run([{ body }], { pauseWhen: NEVER }).frames).toEqual([0]);
    });

    it('breaks off no request that may not be sent again', () => {
      const { frames, data } = run([{ body }], { pauseWhen: at({ 3: true, 7: false }), method: 'POST' });
      expect(data).toEqual(['i', 'a', 'b']);
      expect(frames).toEqual([0]);
    });

    it('breaks off a request that is still being made, and makes it again', () => {
      const { frames, server } = run([{ body }], {
        method: 'POST',
        request: () => timer(4).pipe(map(() => ({}))),
        pauseWhen: at({ 3: true, 10: false }),
      });
      expect(frames).toEqual([14]);
      expect(server.requests).toHaveLength(1);
    });

    it('does not shorten the wait for a reconnection', () => {
      const { frames } = run([{ response: '-#' }, { body: '-' }], {
        pauseWhen: at({ 100: true, 200: false }),
      });
      expect(frames).toEqual([0, 3_001]);
    });

    it('puts a reconnection off', () => {
      const { frames } = run([{ response: '-#' }, { body: '-' }], {
        pauseWhen: at({ 100: true, 9_000: false }),
      });
      expect(frames).toEqual([0, 9_000]);
    });

    it('takes a word that is repeated for no news', () => {
      const { frames, data } = run([{ body: '-i---a-' }], { pauseWhen: at({ 2: false, 3: false }) });
      expect(frames).toEqual([0]);
      expect(data).toEqual(['i', 'a']);
    });

    it('holds to the last word when it has no more to say', () => {
      expect(run([{ body }], { pauseWhen: of(true, false) }).frames).toEqual([0]);
    });

    it('ends with the stream, and is left with it', () => {
      let left = 0;
      const pauseWhen = NEVER.pipe(finalize(() => left++));
      expect(run([{ body: '-a-|' }], { pauseWhen, reconnect: false }).completed).toBe(true);
      expect(left).toBe(1);
      run([{ body }], { pauseWhen }, 3);
      expect(left).toBe(2);
    });

    it("is the stream's failure where it fails, also while the stream waits", () => {
      const broken = new StreamNetworkError({ phase: 'body' });
      const failing = timer(5).pipe(
        map((): never => {
          throw broken;
        }),
      );
      for (const response of [{ body }, { response: '#' }]) {
        const { error, frames } = run([response], { pauseWhen: failing });
        expect(error).toBe(broken);
        expect(frames).toEqual([0]);
      }
    });

    it('does not name a pause as what went wrong', () => {
      const errors: unknown[] = [];
      run([{ response: '#' }, { body }, { body }], {
        request: ({ error }) => {
          errors.push(error);
          return [{}];
        },
        pauseWhen: at({ 3_002: true, 3_005: false }),
      });
      expect(errors).toEqual([undefined, expect.objectContaining({ name: 'StreamNetworkError' }), undefined]);
    });

    it('is told to who watches the stream', () => {
      const { events } = run([{ body: '-' }, { body: '-' }], { pauseWhen: at({ 3: true, 10: false }) });
      expect(events.map(({ type }) => type)).toEqual(['connecting', 'open', 'paused', 'connecting', 'open']);
    });
  });

  describe("observe: 'lifecycle'", () => {
    it('tells the life of the stream in order', () => {
      const { events } = run([{ body: '-a-#' }, { status: 204 }]);
      expect(events).toEqual([
        { type: 'connecting', attempt: 1 },
        { type: 'open', response: expect.objectContaining({ status: 200 }) as unknown },
        { type: 'progress', loaded: 9, total: undefined, received: 9 },
        { type: 'value', value: { type: 'message', data: 'a', id: '' } },
        { type: 'reconnecting', error: expect.any(StreamNetworkError) as unknown, delay: 3_000, attempt: 2 },
        { type: 'connecting', attempt: 2 },
        { type: 'open', response: expect.objectContaining({ status: 204 }) as unknown },
      ]);
    });

    it('counts the bytes of each connection, and of all of them', () => {
      const { events } = run([
        { body: '-a-#' },
        { body: 'a-a|' },
        { status: 503 },
        { body: 'a|' },
        { status: 204 },
      ]);
      const counts = events.flatMap((event) =>
        event.type === 'progress' ? [[event.loaded, event.received]] : [],
      );
      expect(counts).toEqual([
        [9, 9],
        [9, 18],
        [18, 27],
        [9, 36],
      ]);
    });

    it('counts the bytes of each subscription anew', () => {
      scheduled(({ cold, flush }) => {
        const server = marbleFetch(cold, [answer({ body: 'a|' }), answer({ body: 'a|' })]);
        const received: number[] = [];
        const init = { fetch: server.fetch, observe: 'lifecycle', reconnect: false } as const;
        const feed$ = fromEventSource('/feed', init);
        for (const subscription of [feed$, feed$]) {
          subscription.subscribe((event) => {
            if (event.type === 'progress') received.push(event.received);
          });
        }
        flush();
        expect(received).toEqual([9, 9]);
      });
    });

    it('leaves the delay open where the application decides', () => {
      const { events } = run([{ body: '|' }, { body: 'a' }], { reconnect: { delay: () => timer(5) } });
      expect(events).toContainEqual({ type: 'reconnecting', error: undefined, delay: undefined, attempt: 2 });
    });

    it('sends nothing for a subscriber that leaves at the first word', () => {
      scheduled(({ cold, expectObservable, flush }) => {
        const server = marbleFetch(cold, [answer({ body: 'a' })]);
        let asked = 0;
        const request = (): Observable<RequestInit> => {
          asked++;
          return of({});
        };
        const init = { fetch: server.fetch, observe: 'lifecycle', request } as const;
        const types = fromEventSource('/feed', init).pipe(map(({ type }) => type));
        expectObservable(types.pipe(first())).toBe('(c|)', { c: 'connecting' });
        flush();
        expect(server.requests).toHaveLength(0);
        expect(asked).toBe(0);
      });
    });
  });

  it.each<[EventSourceFetchInit, string]>([
    [{ reconnect: { count: -1 } }, 'reconnect.count'],
    [{ reconnect: { delay: NaN } }, 'reconnect.delay'],
    [{ reconnect: { maxDelay: 0 } }, 'reconnect.maxDelay'],
    [{ maxMessageLength: 0 }, 'maxMessageLength'],
    [{ idleTimeout: 2 ** 31 }, 'idleTimeout'],
    [{ lastEventId: 'a\nb' }, 'lastEventId'],
    [{ lastEventId: 'a\x7fb' }, 'lastEventId'],
  ])('refuses %j when it is called', (init, option) => {
    expect(() => fromEventSource('/feed', init)).toThrow(TypeError);
    expect(() => fromEventSource('/feed', init)).toThrow(option);
  });
});
