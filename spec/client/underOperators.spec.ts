/* eslint-disable rxjs-x/no-sharereplay, rxjs-x/no-unsafe-takeuntil -- this spec shows what these uses do */
import {
  EMPTY,
  NEVER,
  ReplaySubject,
  TimeoutError,
  catchError,
  concatMap,
  defer,
  exhaustMap,
  filter,
  finalize,
  map,
  merge,
  mergeMap,
  repeat,
  retry,
  share,
  shareReplay,
  switchMap,
  take,
  takeUntil,
  tap,
  throttleTime,
  timeout,
  timer,
} from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { endOn, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { EventSourceFetchInit, SseMessage, StreamFetch } from 'rxjs-http-streams';
import { marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import type { MarbleRequest, MarbleResponse } from 'rxjs-http-streams/testing';
import type { RunHelpers } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { macrotasks } from '../support/macrotasks';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { scheduled } from '../support/scheduler';

const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;

/** A message, and then a failure after which the reader does not send a request again. */
const failing: MarbleResponse = {
  body: 'ab',
  chunks: { a: `:rxjs-http-streams\n\n${message(1)}`, b: ':rxjs-http-streams error out of memory\n\n' },
};
const open: MarbleResponse = { body: 'a-', chunks: { a: message(2) } };
const openWith = (id: number): MarbleResponse => ({ body: 'a-', chunks: { a: message(id) } });

type Read = (init?: Partial<EventSourceFetchInit>) => Observable<SseMessage>;

interface Played {
  readonly requests: readonly MarbleRequest[];
  /** The last event ID that each request carried. */
  readonly ids: readonly (string | null)[];
  readonly recordings: readonly Recording<unknown>[];
  readonly values: readonly unknown[];
}

/** Lets a server give these answers, and records what `run` returns, in virtual time. */
function played(
  answers: readonly MarbleResponse[],
  run: (
    read: Read,
    helpers: RunHelpers,
    observe: (source: Observable<unknown>) => Recording<unknown>,
  ) => void,
): Played {
  const recordings: Recording<unknown>[] = [];
  let requests: readonly MarbleRequest[] = [];
  scheduled((helpers) => {
    const server = marbleFetch(helpers.cold, answers);
    ({ requests } = server);
    run(
      (init) => fromEventSource('/feed', { fetch: server.fetch, ...init }),
      helpers,
      (source) => {
        const recording = record(source);
        recordings.push(recording);
        return recording;
      },
    );
    helpers.flush();
  });
  return {
    requests,
    ids: requests.map(({ headers }) => headers.get('last-event-id')),
    recordings,
    values: recordings.flatMap(({ values }) =>
      values.map((value) => (value as Partial<SseMessage>).id ?? value),
    ),
  };
}

const aborted = ({ requests }: Played): boolean[] => requests.map(({ signal }) => signal.aborted);

describe('a reader by itself', () => {
  it('continues a feed that was cut after the last event ID', () => {
    const { ids, values } = played([{ body: 'a#', chunks: { a: message(1) } }, open], (read, _, observe) => {
      observe(read());
    });
    expect({ ids, values }).toEqual({ ids: [null, '1'], values: ['1', '2'] });
  });
});

describe('an operator that subscribes to the reader again', () => {
  it.each<[string, MonoTypeOperatorFunction<SseMessage>]>([
    ['retry', retry(1)],
    ['catchError with the caught Observable', catchError((_: unknown, caught) => caught.pipe(take(1)))],
  ])('%s sends a request without the last event ID', (_, operator) => {
    const { ids } = played([failing, open], (read, _helpers, observe) => {
      observe(read().pipe(operator));
    });
    expect(ids).toEqual([null, null]);
  });

  it('repeat sends a request without the last event ID', () => {
    const { ids } = played(
      [{ body: 'a|', chunks: { a: message(1) } }, { status: 204 }, open],
      (read, _, observe) => {
        observe(read().pipe(repeat(2)));
      },
    );
    expect(ids).toEqual([null, '1', null]);
  });

  it('retry sends a POST a second time', () => {
    const { requests } = played([failing, open], (read, _, observe) => {
      observe(read({ method: 'POST', body: 'Hi' }).pipe(retry(1)));
    });
    expect(requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'Hi'],
      ['POST', 'Hi'],
    ]);
  });

  it('continues where the ID is kept outside of the reader', () => {
    const { ids, values } = played([failing, open], (read, _, observe) => {
      let lastEventId = '';
      observe(
        defer(() => read({ lastEventId })).pipe(
          tap(({ id }) => (lastEventId = id)),
          retry(1),
        ),
      );
    });
    expect({ ids, values }).toEqual({ ids: [null, '1'], values: ['1', '2'] });
  });
});

describe('timeout', () => {
  const alive: MarbleResponse = {
    body: 'a 6s h 6s h 6s b',
    chunks: { a: message(1), h: ':\n\n', b: message(2) },
  };

  it('counts messages, so that it ends a feed whose heartbeat is heard', () => {
    const { requests, recordings } = played([alive], (read, _, observe) => {
      observe(read().pipe(timeout({ each: 10_000 })));
    });
    expect(recordings[0]?.error).toBeInstanceOf(TimeoutError);
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('with retry loses the last event ID', () => {
    const { ids } = played([openWith(1), openWith(2), { status: 204 }], (read, _, observe) => {
      observe(read().pipe(timeout({ each: 10_000 }), retry(1)));
    });
    expect(ids).toEqual([null, null]);
  });

  it('is idleTimeout where bytes count, and the ID is to be kept', () => {
    const heard = played([alive], (read, _, observe) => {
      observe(read({ idleTimeout: 10_000 }).pipe(take(2)));
    });
    expect(heard).toMatchObject({ ids: [null], values: ['1', '2'] });

    const silent = played([openWith(1), openWith(2), { status: 204 }], (read, _, observe) => {
      observe(read({ idleTimeout: 10_000 }));
    });
    expect(silent).toMatchObject({ ids: [null, '1', '2'], values: ['1', '2'] });
  });
});

describe('an operator in front of the reader', () => {
  const outer = (
    flatten: (read: () => Observable<SseMessage>) => (outer$: Observable<string>) => Observable<unknown>,
  ) =>
    played([openWith(1), openWith(2)], (read, { cold }, observe) => {
      observe(cold('x 4s y').pipe(flatten(() => read())));
    });

  it('switchMap aborts the stream of the value before, and begins another', () => {
    const switched = outer((read) => switchMap(read));
    expect(switched.ids).toEqual([null, null]);
    expect(aborted(switched)).toEqual([true, false]);
    expect(switched.requests[1]?.frame).toBe(4_001);
  });

  it('exhaustMap ignores values while a stream is open', () => {
    expect(outer((read) => exhaustMap(read)).ids).toEqual([null]);
  });

  it('concatMap waits for the end of a stream, which a feed does not have', () => {
    expect(outer((read) => concatMap(read)).ids).toEqual([null]);
  });

  it('mergeMap opens one stream beside the other', () => {
    const merged = outer((read) => mergeMap(read));
    expect(aborted(merged)).toEqual([false, false]);
  });
});

describe('several subscriptions', () => {
  it('send a request each', () => {
    const { requests } = played([openWith(1), openWith(2)], (read, _, observe) => {
      const feed$ = read();
      observe(merge(feed$.pipe(filter(({ id }) => id === '1')), feed$.pipe(filter(({ id }) => id === '2'))));
    });
    expect(requests).toHaveLength(2);
  });

  /** Two subscribers that leave after 2 s, and one that comes after 5 s. */
  const left = (operator: MonoTypeOperatorFunction<SseMessage>): Played =>
    played([openWith(1), openWith(2)], (read, _, observe) => {
      const shared$ = read().pipe(operator);
      const early = [observe(shared$), observe(shared$)];
      timer(2_000).subscribe(() => {
        for (const { subscription } of early) subscription.unsubscribe();
      });
      timer(5_000).subscribe(() => {
        observe(shared$);
      });
    });

  it('share one request with share, which aborts it when the last leaves, and begins anew without an ID', () => {
    const shared = left(share());
    expect(shared.ids).toEqual([null, null]);
    expect(aborted(shared)).toEqual([true, false]);
    expect(shared.values).toEqual(['1', '1', '2']);
  });

  it('keep the connection with share whose reset waits', () => {
    const shared = left(share({ resetOnRefCountZero: () => timer(60_000) }));
    expect(shared.ids).toEqual([null]);
    expect(aborted(shared)).toEqual([false]);
  });

  it('never close the connection with shareReplay', () => {
    const shared = left(shareReplay(1));
    expect(shared.ids).toEqual([null]);
    expect(aborted(shared)).toEqual([false]);
    expect(shared.values).toEqual(['1', '1', '1']);
  });

  it('close it with shareReplay that counts, and begin anew without an ID and without a replay', () => {
    const shared = left(shareReplay({ bufferSize: 1, refCount: true }));
    expect(shared.ids).toEqual([null, null]);
    expect(aborted(shared)).toEqual([true, false]);
    expect(shared.values).toEqual(['1', '1', '2']);
  });

  it('replay the last message over a connection that closes, with share and a ReplaySubject', () => {
    const replayed = share<SseMessage>({
      connector: () => new ReplaySubject(1),
      resetOnRefCountZero: () => timer(60_000),
    });
    const shared = left(replayed);
    expect(shared.ids).toEqual([null]);
    expect(shared.values).toEqual(['1', '1', '1']);

    const closed = played([openWith(1)], (read, _, observe) => {
      const { subscription } = observe(read().pipe(replayed));
      timer(1_000).subscribe(() => {
        subscription.unsubscribe();
      });
    });
    expect(aborted(closed)).toEqual([true]);
  });

  it('begin anew without an ID after an error', () => {
    for (const operator of [share<SseMessage>(), shareReplay<SseMessage>(1)]) {
      const { ids } = played([failing, open], (read, _, observe) => {
        const shared$ = read().pipe(operator);
        observe(shared$);
        timer(1_000).subscribe(() => {
          observe(shared$);
        });
      });
      expect(ids).toEqual([null, null]);
    }
  });
});

describe('takeUntil', () => {
  const stopped = (make: (read: Read, stop$: Observable<unknown>) => Observable<unknown>): Played =>
    played([openWith(1), openWith(2)], (read, { cold }, observe) => {
      observe(make(read, cold('5ms s')));
    });

  it('completes, and aborts the request', () => {
    const done = stopped((read, stop$) => read().pipe(takeUntil(stop$)));
    expect(done.recordings[0]?.outcome).toBe('complete');
    expect(aborted(done)).toEqual([true]);
  });

  it('behind endOn completes, and in front of it is a StreamTruncatedError', () => {
    const [behind] = stopped((read, stop$) => read().pipe(endOn('[DONE]'), takeUntil(stop$))).recordings;
    const [front] = stopped((read, stop$) => read().pipe(takeUntil(stop$), endOn('[DONE]'))).recordings;
    expect(behind?.outcome).toBe('complete');
    expect(front?.error).toMatchObject({ name: 'StreamTruncatedError' });
  });

  it('in front of repeat is followed by another request', () => {
    const { requests } = stopped((read, stop$) => read().pipe(takeUntil(stop$), repeat(2)));
    expect(requests).toHaveLength(2);
  });

  it('is take by a number of messages, which aborts, too', () => {
    expect(aborted(played([openWith(1)], (read, _, observe) => void observe(read().pipe(take(1)))))).toEqual([
      true,
    ]);
  });
});

describe('an operator behind the reader that skips or holds messages', () => {
  const cutAfterThree: MarbleResponse = {
    body: 'abc#',
    chunks: { a: message(1), b: message(2), c: message(3) },
  };

  it.each<[string, MonoTypeOperatorFunction<SseMessage>]>([
    ['filter', filter(() => false)],
    ['throttleTime', throttleTime(1_000)],
    ['concatMap', concatMap(() => NEVER)],
    ['mergeMap', mergeMap(() => EMPTY)],
  ])('%s leaves the ID to the reader, which counts what it has emitted', (_, operator) => {
    const { ids } = played([cutAfterThree, { status: 204 }], (read, _helpers, observe) => {
      observe(read().pipe(operator));
    });
    expect(ids).toEqual([null, '3']);
  });

  it('a throw behind the reader is not retried by it', () => {
    const { requests, recordings } = played([open, open], (read, _, observe) => {
      observe(
        read().pipe(
          map((): never => {
            throw new Error('mine');
          }),
        ),
      );
    });
    expect(recordings[0]?.error).toEqual(new Error('mine'));
    expect(requests).toHaveLength(1);
  });
});

describe('project', () => {
  it('fails with the error of one projection, and unsubscribes from the others', () => {
    const left: string[] = [];
    const { recordings, requests } = played(
      [{ body: '(ab)-', chunks: { a: message(1), b: message(2) } }],
      (read, { cold }, observe) => {
        const project = ({ id }: SseMessage): Observable<never> =>
          id === '1' ? NEVER.pipe(finalize(() => left.push(id))) : cold('-#', undefined, new Error('full'));
        observe(read({ project, concurrent: 2 } as Partial<EventSourceFetchInit>));
      },
    );
    expect(recordings[0]?.error).toEqual(new Error('full'));
    expect(left).toEqual(['1']);
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});

describe('back-pressure', () => {
  const ROWS = 50;

  /** A body of rows, a row a chunk, of which a spec sees how many were read. */
  function rows(): { fetch: StreamFetch; read: () => number } {
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          controller.enqueue(utf8(`${++read}\n`));
          if (read === ROWS) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return { fetch: () => Promise.resolve(new Response(body)), read: () => read };
  }

  it('is lost behind concatMap, which queues all rows, and is kept by project', async () => {
    const [behind, held] = [rows(), rows()];
    const slow = (): Observable<never> => NEVER;
    const subscriptions = [
      fromNdjsonFetch('/rows', { fetch: behind.fetch }).pipe(concatMap(slow)).subscribe(),
      fromNdjsonFetch('/rows', { fetch: held.fetch, project: slow }).subscribe(),
    ];
    await eventually(behind.read).toBe(ROWS);
    await macrotasks();

    expect(held.read()).toBeLessThan(3);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });
});
