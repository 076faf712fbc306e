import {
  NEVER,
  Observable,
  Subject,
  concat,
  defer,
  first,
  from,
  map,
  mergeMap,
  of,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import {
  fromEventSource,
  isHttpStatusError,
  isStreamGapError,
  resumable,
  toSseResponse,
} from 'rxjs-http-streams';
import type { ResumableConfig, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { textReader } from '../support/textReader';
import { webServer } from '../support/webServer';

const message = (id: string, data: unknown = id): SseMessageInit => ({ id, data });
/** By their marbles: a digit is a message with that id, `n` and `e` are messages without one, `s` is a snapshot. */
const values: Record<string, SseMessageInit> = {
  ...Object.fromEntries(Array.from('0123456789', (id) => [id, message(id)])),
  n: { data: 'n' },
  e: { id: '', data: 'e' },
  s: { data: 'snapshot' },
};

const idsOf = (seen: readonly SseMessageInit[]): unknown[] => seen.map(({ id, data }) => id ?? data);

/** A feed out of a Subject, which has a client of its own so that it goes on. */
function feedOf(config?: ResumableConfig<SseMessageInit>) {
  const source = new Subject<SseMessageInit>();
  const feed = resumable(source, config);
  const send = (...ids: string[]): void => {
    for (const id of ids) source.next(values[id] ?? message(id));
  };
  return { source, feed, send, first: record(feed()) };
}

describe('resumable', () => {
  it('shares one subscription of its source, from the first client on, with an id or without', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--1-2-3----4-|', values);
      const feed = resumable(source);
      expectObservable(feed(), '  -^-----!').toBe('---1-2-', values);
      expectObservable(feed(), '  ----^').toBe('   -----2-3----4-|', values);
      expectObservable(feed('1'), '--------^').toBe('--------(23)4-|', values);
      expectSubscriptions(source.subscriptions).toBe('-^------------!');
    });
  });

  it('leaves its source alone until there is a client', () => {
    let subscriptions = 0;
    const feed = resumable(
      defer(() => {
        subscriptions++;
        return NEVER;
      }),
    );
    const streams = [feed(), feed('1')];
    expect(subscriptions).toBe(0);
    record(streams[0]!).subscription.unsubscribe();
    expect(subscriptions).toBe(1);
  });

  it('takes any source that RxJS takes', () => {
    expect(outcomeOf(resumable([message('1'), message('2')])())).toMatchObject({
      values: [message('1'), message('2')],
      completed: true,
    });
  });

  describe('a client without a Last-Event-ID', () => {
    it.each([undefined, ''])('(%j) starts live, whatever is held', (lastEventId) => {
      const { feed, send } = feedOf({ ids: 'source' });
      send('1', '2');
      const late = record(feed(lastEventId));
      send('3', 'n', '4');
      expect(idsOf(late.values)).toEqual(['3', 'n', '4']);
    });
  });

  describe('a client with a Last-Event-ID', () => {
    it('continues exactly after it, then live', () => {
      scheduled(({ hot, expectObservable }) => {
        const feed = resumable(hot('-1-2-3-4----5-|', values));
        expectObservable(feed()).toBe('    -1-2-3-4----5-|', values);
        expectObservable(feed('2'), '--------^').toBe('--------(34)5-|', values);
        expectObservable(feed('4'), '--------^').toBe('------------5-|', values);
      });
    });

    it('continues after each that is held, with every message after it once', () => {
      const { feed, send } = feedOf();
      send('1', '2', '3', '4', '5');
      const clients = ['1', '2', '3', '4', '5'].map((id) => record(feed(id)));
      send('6');
      expect(clients.map((client) => idsOf(client.values))).toEqual([
        ['2', '3', '4', '5', '6'],
        ['3', '4', '5', '6'],
        ['4', '5', '6'],
        ['5', '6'],
        ['6'],
      ]);
    });

    it('gets what comes while the missed messages go out after them', () => {
      const { feed, send } = feedOf();
      send('1', '2', '3');
      const seen: unknown[] = [];
      feed('1').subscribe(({ id }) => {
        seen.push(id);
        if (id === '2') send('4', '5');
        if (id === '4') send('6');
      });
      send('7');
      expect(seen).toEqual(['2', '3', '4', '5', '6', '7']);
    });

    it('that joins while a message goes out to another gets that message once', () => {
      const { feed, send } = feedOf();
      send('1');
      const joined = record(
        feed().pipe(
          first(({ id }) => id === '2'),
          mergeMap(() => feed('1')),
        ),
      );
      send('2', '3');
      expect(idsOf(joined.values)).toEqual(['2', '3']);
    });

    it('that has enough, or leaves among the missed messages, gets no more of them', () => {
      const { feed, send } = feedOf();
      send('1', '2', '3', '4');
      expect(idsOf(outcomeOf(feed('1').pipe(take(2))).values)).toEqual(['2', '3']);
      const leave = new Subject<void>();
      const left = record(
        feed('1').pipe(
          tap(({ id }) => {
            if (id === '3') leave.next();
          }),
          takeUntil(leave),
        ),
      );
      expect(idsOf(left.values)).toEqual(['2']);
    });

    it('may be the first: what a source gives while it is being subscribed is not lost on it, nor given twice', () => {
      const source = of(message('1'), message('2'), message('3'));
      expect(idsOf(outcomeOf(resumable(source)('1')).values)).toEqual(['2', '3']);
      expect(outcomeOf(resumable(source)('1')).completed).toBe(true);
      expect(idsOf(outcomeOf(resumable(source)()).values)).toEqual(['1', '2', '3']);
      expect(isStreamGapError(outcomeOf(resumable(source)('9')).error)).toBe(true);

      const rest = new Subject<SseMessageInit>();
      const client = record(resumable(concat(source, rest))('2'));
      rest.next(message('4'));
      expect(idsOf(client.values)).toEqual(['3', '4']);
    });
  });

  describe('holds', () => {
    it('the last bufferSize messages, and not one more: who has the one before has missed nothing', () => {
      const { feed, send } = feedOf({ bufferSize: 3 });
      send('1', '2', '3', '4', '5');
      expect(idsOf(record(feed('3')).values)).toEqual(['4', '5']);
      expect(idsOf(record(feed('2')).values)).toEqual(['3', '4', '5']);
      expect(isStreamGapError(record(feed('1')).error)).toBe(true);
    });

    it('them still after many have come and gone', () => {
      const { feed, send } = feedOf({ bufferSize: 3 });
      const ids = Array.from({ length: 20 }, (_, index) => `m${index}`);
      for (const [index, id] of ids.entries()) {
        send(id);
        const held = ids.slice(Math.max(0, index - 2), index + 1);
        for (const [place, each] of held.entries()) {
          expect(record(feed(each).pipe(map((one) => one.id))).values).toEqual(held.slice(place + 1));
        }
        expect(isStreamGapError(record(feed(ids[index - 4] ?? 'none')).error)).toBe(true);
      }
    });

    it('1 000 if omitted', () => {
      const { feed, send } = feedOf();
      send(...Array.from({ length: 1_002 }, (_, index) => `m${index}`));
      expect(record(feed('m1')).values).toHaveLength(1_000);
      expect(isStreamGapError(record(feed('m0')).error)).toBe(true);
    });

    it('a message whose id comes again where it came last', () => {
      const { feed, send } = feedOf({ bufferSize: 3 });
      send('1', '2', '3', '1');
      expect(idsOf(record(feed('3')).values)).toEqual(['1']);
      expect(record(feed('1'))).toMatchObject({ values: [], outcome: undefined });
      send('4');
      expect(idsOf(record(feed('3')).values)).toEqual(['1', '4']);
      send('5');
      expect(isStreamGapError(record(feed('2')).error)).toBe(true);
    });

    it("no messages without an id with ids: 'source', which reach whoever is there and take no place of others", () => {
      const { feed, send, first } = feedOf({ bufferSize: 2, ids: 'source' });
      send('1', 'n', 'e', 'n', '2', 'n');
      expect(idsOf(first.values)).toEqual(['1', 'n', '', 'n', '2', 'n']);
      expect(idsOf(record(feed('1')).values)).toEqual(['2']);
    });

    it('many messages at no cost that grows with them', { timeout: 20_000 }, () => {
      const size = 200_000;
      const feed = resumable(from(Array.from({ length: 3 * size }, (_, index) => message(`${index}`))), {
        bufferSize: size,
      });
      const { completed } = outcomeOf(feed());
      expect(completed).toBe(true);
      expect(outcomeOf(feed(`${3 * size - 3}`)).values).toHaveLength(2);
    });
  });

  describe('where the Last-Event-ID is not held', () => {
    it('errors with what was asked for, and leaves the other clients alone', () => {
      const { feed, send, first, source } = feedOf();
      send('1', '2');
      const { values: none, error } = record(feed('nonsense'));
      expect(none).toEqual([]);
      expect(isStreamGapError(error)).toBe(true);
      expect(error).toMatchObject({ lastEventId: 'nonsense', status: 410 });
      send('3');
      expect(idsOf(first.values)).toEqual(['1', '2', '3']);
      expect(source.observed).toBe(true);
    });

    it("gives all that is held with 'replay', and goes on live", () => {
      const { feed, send } = feedOf({ bufferSize: 2, onGap: 'replay' });
      send('1', '2', '3', '4');
      const lost = record(feed('1'));
      const known = record(feed('3'));
      send('5');
      expect(idsOf(lost.values)).toEqual(['3', '4', '5']);
      expect(idsOf(known.values)).toEqual(['4', '5']);
    });

    it("begins live with 'replay' where nothing is held yet", () => {
      const { feed, send } = feedOf({ onGap: 'replay' });
      const lost = record(feed('lost'));
      send('1');
      expect(idsOf(lost.values)).toEqual(['1']);
    });

    it('gives what a function says, in its time, then what has come meanwhile and goes on live', () => {
      const asked: string[] = [];
      scheduled(({ hot, cold, expectObservable }) => {
        const feed = resumable(hot('-1-2-3-4-5----6-|', values), {
          onGap: (lastEventId) => {
            asked.push(lastEventId);
            return cold('---s-|', values);
          },
        });
        expectObservable(feed()).toBe('              -1-2-3-4-5----6-|', values);
        expectObservable(feed('lost'), '----^').toBe('-------s-(345)6-|', values);
      });
      expect(asked).toEqual(['lost']);
    });

    it('keeps no more for who waits for a snapshot than for all, and errors when that was too little', () => {
      const snapshot = new Subject<SseMessageInit>();
      const { feed, send, first } = feedOf({ bufferSize: 2, onGap: () => snapshot });
      const early = record(feed('lost'));
      send('1', '2');
      const late = record(feed('lost'));
      send('3');
      snapshot.next(message('s'));
      snapshot.complete();
      expect(early).toMatchObject({ values: [message('s')], error: { lastEventId: 'lost', status: 410 } });
      send('4');
      expect(idsOf(late.values)).toEqual(['s', '3', '4']);
      expect(idsOf(first.values)).toEqual(['1', '2', '3', '4']);
    });

    it('asks the function for no id that is held', () => {
      let asked = 0;
      const { feed, send } = feedOf({
        onGap: () => {
          asked++;
          return [];
        },
      });
      send('1', '2');
      expect(idsOf(record(feed('1')).values)).toEqual(['2']);
      expect(asked).toBe(0);
    });

    it('errors with what the function throws or errors with', () => {
      const failure = new Error('no snapshot');
      const thrown = feedOf({
        onGap: () => {
          throw failure;
        },
      });
      expect(record(thrown.feed('lost')).error).toBe(failure);
      const errored = feedOf({
        onGap: () =>
          new Observable((subscriber) => {
            subscriber.error(failure);
          }),
      });
      expect(record(errored.feed('lost')).error).toBe(failure);
    });

    it('leaves the snapshot and the source when the client leaves', () => {
      const snapshot = new Subject<SseMessageInit>();
      const source = new Subject<SseMessageInit>();
      const feed = resumable(source, { onGap: () => snapshot, resetOnRefCountZero: true });
      const { subscription } = record(feed('lost'));
      expect([snapshot.observed, source.observed]).toEqual([true, true]);
      subscription.unsubscribe();
      expect([snapshot.observed, source.observed]).toEqual([false, false]);
    });
  });

  describe('when the source completes', () => {
    it('completes its clients, one among its missed messages after them', () => {
      const snapshot = new Subject<SseMessageInit>();
      const { feed, send, source, first } = feedOf({ onGap: () => snapshot });
      const waiting = record(feed('lost'));
      send('1');
      source.complete();
      expect(first.outcome).toBe('complete');
      expect(waiting).toMatchObject({ values: [], outcome: undefined });
      snapshot.next(values.s!);
      snapshot.complete();
      expect(idsOf(waiting.values)).toEqual(['snapshot', '1']);
      expect(waiting.outcome).toBe('complete');
    });

    it('gives who comes later what it has missed, and the end, and subscribes nothing again', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-1-2-3-|', values);
        const feed = resumable(source);
        expectObservable(feed()).toBe('-1-2-3-|', values);
        expectObservable(feed('1'), '9ms ^').toBe('9ms (23|)', values);
        expectObservable(feed('3'), '9ms ^').toBe('9ms |');
        expectObservable(feed(), '   9ms ^').toBe('9ms |');
        expectObservable(feed('1'), '90s ^').toBe('90s (23|)', values);
        expectSubscriptions(source.subscriptions).toBe('^------!');
      });
    });
  });

  describe('when the source fails', () => {
    it('passes the error to its clients', () => {
      const failure = new Error('the source broke');
      const { feed, send, source, first } = feedOf();
      send('1', '2');
      const resumed = record(feed('1'));
      source.error(failure);
      expect([first.error, resumed.error]).toEqual([failure, failure]);
      expect(idsOf(resumed.values)).toEqual(['2']);
    });

    it('gives who comes later what it has missed, and the failure, and subscribes nothing again', () => {
      const failure = new Error('the source broke');
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-1-2-3-#', values, failure);
        const feed = resumable(source);
        expectObservable(feed()).toBe('-1-2-3-#', values, failure);
        expectObservable(feed('1'), '9ms ^').toBe('9ms (23#)', values, failure);
        expectObservable(feed(), '   9ms ^').toBe('9ms #', values, failure);
        expectObservable(feed('3'), '90s ^').toBe('90s #', values, failure);
        expectSubscriptions(source.subscriptions).toBe('^------!');
      });
    });
  });

  describe('when its last client has left', () => {
    it('goes on for 60 s, so that one that comes back has missed nothing', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-1-2-3 59994ms 4--5-6-', values);
        const feed = resumable(source);
        expectObservable(feed(), '   ^-!').toBe('-1-', values);
        expectObservable(feed('1'), '60001ms ^!').toBe('60001ms (234)', values);
        expectSubscriptions(source.subscriptions).toBe('^ 120001ms !');
      });
    });

    it('begins anew with nothing held after that', () => {
      scheduled(({ hot, cold, expectSubscriptions, flush }) => {
        const source = hot('-1-2-3', values);
        const feed = resumable(source);
        record(feed().pipe(take(1)));
        let error: unknown;
        cold('60002ms x').subscribe(() => {
          error = record(feed('1')).error;
        });
        flush();
        expect(isStreamGapError(error)).toBe(true);
        expectSubscriptions(source.subscriptions).toBe(['^ 60000ms !', '60002ms ^ 59999ms !']);
      });
    });

    it('waits for no client of a source that has ended, before or meanwhile: a process could not end', () => {
      let waits = 0;
      const source = new Subject<SseMessageInit>();
      const feed = resumable(source, {
        resetOnRefCountZero: () =>
          new Observable(() => {
            waits++;
            return () => waits--;
          }),
      });
      record(feed()).subscription.unsubscribe();
      expect(waits).toBe(1);
      source.complete();
      expect(waits).toBe(0);
      record(feed()).subscription.unsubscribe();
      expect(waits).toBe(0);
    });

    it.each<[ResumableConfig<SseMessageInit>['resetOnRefCountZero'], string]>([
      [true, '^-!'],
      [() => timer(5), '^------!'],
      [false, '^'],
    ])('ends it as it is told: %s', (resetOnRefCountZero, subscription) => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-1-2-3', values);
        expectObservable(resumable(source, { resetOnRefCountZero })(), '^-!').toBe('-1', values);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      });
    });
  });

  it.each([0, -1, NaN, '5', null])('refuses a bufferSize of %s when it is called', (bufferSize) => {
    const refused = () => resumable(NEVER, { bufferSize: bufferSize as number });
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^bufferSize: /);
  });

  it('holds a single message where it is told to', () => {
    const { feed, send } = feedOf({ bufferSize: 1 });
    send('1', '2');
    const client = record(feed('2'));
    send('3');
    expect(idsOf(client.values)).toEqual(['3']);
    expect(isStreamGapError(record(feed('1')).error)).toBe(true);
  });
});

describe('resumable as the source of toSseResponse', () => {
  const ask = (lastEventId?: string): Request =>
    new Request('http://localhost/feed', { headers: lastEventId ? { 'last-event-id': lastEventId } : {} });

  it('answers a gap with 410 before the stream begins, in public words', async () => {
    const { feed, send } = feedOf();
    send('1');
    const response = await toSseResponse(feed, { request: ask('lost'), awaitFirst: true });
    expect(response.status).toBe(410);
    expect(await response.text()).toBe('What follows the last event ID is no longer available');
  });

  it('is read from after the Last-Event-ID, in a header or in the query', async () => {
    const feed = resumable(of(message('1'), message('ä'), message('3')));
    const header = String.fromCharCode(...new TextEncoder().encode('ä'));
    for (const request of [ask(header), new Request('http://localhost/feed?lastEventId=%C3%A4')]) {
      const text = await toSseResponse(feed, { request }).text();
      expect(text).toContain('id: 3\n');
      expect(text).not.toContain('id: ä\n');
    }
  });

  it('tells a newcomer at once after which id it begins', async () => {
    const { feed, send } = feedOf();
    send('1');
    const { read, cancel } = textReader(toSseResponse(feed, { request: ask() }).body!);
    expect(`${await read()}${await read()}`).toBe(':rxjs-http-streams\n\nid: 1\n\n');
    const next = read();
    send('2', '3');
    expect(await next).toBe('id: 2\ndata: 2\n\nid: 3\ndata: 3\n\n');
    await cancel();
  });

  it('is a 204 for who has all of a feed that has ended, and the rest for who has not', async () => {
    const { feed, send, source } = feedOf();
    send('1', '2');
    source.complete();
    const statusFor = async (id?: string): Promise<number> =>
      (await toSseResponse(feed, { request: ask(id), awaitFirst: true })).status;
    expect(await Promise.all([statusFor('2'), statusFor(), statusFor('1'), statusFor('lost')])).toEqual([
      204, 204, 200, 410,
    ]);
  });

  it("is a failure's own status for who waits for the first message, and 410 for who comes after it", async () => {
    const failure = Object.assign(new Error('busy'), { status: 503, retryAfter: 1_000 });
    const source = new Subject<SseMessageInit>();
    const feed = resumable(source);
    const waiting = toSseResponse(feed, { request: ask(), awaitFirst: true });
    source.error(failure);
    const late = await toSseResponse(feed, { request: ask(), awaitFirst: true, mapError: String });
    expect((await waiting).status).toBe(503);
    expect(late.status).toBe(410);
    expect(late.headers.get('retry-after')).toBeNull();
    expect(await late.text()).toBe('Error: busy');
  });

  it('ends fromEventSource for good at a gap, with the status', async () => {
    const { feed } = feedOf();
    const { url } = await webServer((request) => toSseResponse(feed, { request, awaitFirst: true }));
    const client = record(fromEventSource(url, { lastEventId: 'lost' }));
    await client.ended();
    expect(isHttpStatusError(client.error)).toBe(true);
    expect(client.error).toMatchObject({ status: 410, attempt: 1 });
  });
});
