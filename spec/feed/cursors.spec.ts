import { NEVER, Observable, Subject, of, throwError } from 'rxjs';
import { appendTo, isStreamGapError, memoryLog, resumable } from 'rxjs-http-streams';
import type { MessageLog, ResumableConfig, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { cursorOf } from '../../src/feed/cursor';
import type { Cursor } from '../../src/feed/cursor';
import { record } from '../support/recording';

const CHUNK = 65_536;

/** A feed out of a Subject, and cursors of it. */
function feedOf(config: ResumableConfig<SseMessageInit> = {}) {
  const source = new Subject<SseMessageInit>();
  const feed = resumable(source, config);
  const send = (...data: unknown[]): void => {
    for (const each of data) source.next({ data: each });
  };
  return { source, feed, send, ...clientsOf(feed) };
}

function clientsOf(feed: (lastEventId?: string) => Observable<SseMessageInit>) {
  let wakes = 0;
  const open = (lastEventId?: string): Cursor =>
    cursorOf(feed(lastEventId))!.open({
      wake: () => {
        wakes++;
      },
    });
  return { open, wakes: () => wakes };
}

/** All that a cursor gives now, as text; `id` alone for a block that tells no more. */
function taken(cursor: Cursor, limit = CHUNK): string[] {
  const chunks: string[] = [];
  for (let bytes = cursor.take(limit); bytes; bytes = cursor.take(limit)) {
    chunks.push(new TextDecoder().decode(bytes));
  }
  return chunks;
}
const idIn = (block = ''): string => /^id: (.*)$/m.exec(block)?.[1] ?? '';
const dataIn = (chunks: readonly string[]): string[] =>
  [...chunks.join('').matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);

describe('the cursor of a feed', () => {
  it('is lost behind an operator, which is subscribed as any other Observable', () => {
    const { feed } = feedOf();
    expect(cursorOf(feed())).toBeDefined();
    expect(cursorOf(feed().pipe())).toBeDefined();
    expect(cursorOf(of(1))).toBeUndefined();
    expect(cursorOf(null)).toBeUndefined();
  });

  describe('of a newcomer', () => {
    it('tells at once after which id it begins, so that a cut before the first message loses nothing', () => {
      const { open, send } = feedOf();
      const [told, ...rest] = taken(open());
      expect(rest).toEqual([]);
      expect(told).toMatch(/^id: .+-0\n\n$/);
      send('a', 'b');
      expect(dataIn(taken(open(idIn(told))))).toEqual(['a', 'b']);
      const [later] = taken(open());
      expect(idIn(later)).toMatch(/-2$/);
    });

    it("tells an id of the log before the source has sent one with ids: 'source'", () => {
      const { open, send, source } = feedOf({ ids: 'source' });
      const [told] = taken(open());
      send('without an id');
      source.next({ id: 'own', data: 'with' });
      expect(dataIn(taken(open(idIn(told))))).toEqual(['with']);
      expect(taken(open())).toEqual(['id: own\n\n']);
    });

    it("begins at the start of what is held with from: 'start'", () => {
      const { open, send } = feedOf({ from: 'start', bufferSize: 2 });
      const first = open();
      expect(taken(first)).toEqual([]);
      send('a', 'b', 'c');
      expect(dataIn(taken(first))).toEqual(['a', 'b', 'c']);
      expect(dataIn(taken(open()))).toEqual(['b', 'c']);
    });
  });

  it('takes nothing twice, and is woken once for all that is appended in one go', async () => {
    const { open, send, wakes } = feedOf();
    const cursor = open();
    taken(cursor);
    send('a', 'b', 'c');
    expect(wakes()).toBe(0);
    await Promise.resolve();
    expect(wakes()).toBe(1);
    expect(dataIn(taken(cursor))).toEqual(['a', 'b', 'c']);
    expect(cursor.taken).toBe(3);
    send('d');
    await Promise.resolve();
    expect(wakes()).toBe(2);
    expect(dataIn(taken(cursor))).toEqual(['d']);
  });

  it('is not woken unless it has found nothing, nor after it was closed', async () => {
    const { open, send, wakes } = feedOf();
    const cursor = open();
    cursor.take(CHUNK);
    send('a');
    await Promise.resolve();
    expect(wakes()).toBe(0);
    taken(cursor);
    cursor.close();
    send('b');
    await Promise.resolve();
    expect(wakes()).toBe(0);
  });

  it('gives all clients the same bytes, live and resumed', () => {
    const { open, send } = feedOf();
    const [one, two] = [open(), open()];
    const [told] = taken(one);
    taken(two);
    send('a', 'b');
    const bytes = one.take(CHUNK);
    expect(two.take(CHUNK)).toBe(bytes);
    expect(open(idIn(told)).take(CHUNK)).toBe(bytes);
    send('c');
    expect(two.take(CHUNK)).toBe(one.take(CHUNK));
  });

  it('gives whole blocks, none beyond the first that reaches the limit', () => {
    const { open, send } = feedOf();
    const live = open();
    const [told] = taken(live);
    send(...Array.from({ length: 10 }, (_, n) => `${n}`.repeat(50)));
    for (const cursor of [live, open(idIn(told))]) {
      const chunks = taken(cursor, 150);
      expect(chunks.map((chunk) => dataIn([chunk]).length)).toEqual([2, 2, 2, 2, 2]);
      expect(chunks.every((chunk) => chunk.endsWith('\n\n'))).toBe(true);
    }
  });

  it('knows whether it is behind', () => {
    const { open, send } = feedOf();
    const cursor = open();
    const [told] = taken(cursor);
    expect(cursor.isBehind).toBe(false);
    send('a');
    expect(cursor.isBehind).toBe(true);
    taken(cursor);
    expect(cursor.isBehind).toBe(false);
    expect(open(idIn(told)).isBehind).toBe(true);
  });

  it('is placed once it is known to go on from where it is, in a feed that has had a message', () => {
    const { open, send } = feedOf();
    const first = open();
    const [told] = taken(first);
    expect(first.isPlaced).toBe(false);
    send('a');
    const [newcomer, known, lost] = [open(), open(idIn(told)), open('lost')];
    for (const cursor of [newcomer, known, lost]) taken(cursor);
    expect([newcomer.isPlaced, known.isPlaced, lost.isPlaced]).toEqual([true, true, false]);
  });

  describe('whose place is lost', () => {
    it('has a gap, also in the middle: a slow client keeps no message', () => {
      const { open, send } = feedOf({ bufferSize: 3 });
      const slow = open();
      const [told] = taken(slow);
      const blocks = 9 * 1024 * 1024;
      send('a');
      for (let n = 0; n < 9; n++) send('x'.repeat(blocks / 9));
      expect(taken(slow)).toEqual([]);
      expect(isStreamGapError(slow.end?.error)).toBe(true);
      expect(slow.end?.error).toMatchObject({ lastEventId: idIn(told), status: 410 });
    });

    it('may fall behind the log while it is live, as far as what waits for all clients reaches', () => {
      const { open, send } = feedOf({ bufferSize: 3 });
      const slow = open();
      taken(slow);
      send(...Array.from({ length: 5_000 }, (_, n) => n));
      expect(dataIn(taken(slow))).toHaveLength(5_000);
    });

    it('goes on after the newest message of an overlapping snapshot that is held', () => {
      const snapshot = new Subject<SseMessageInit>();
      const { open, source } = feedOf({ onGap: () => snapshot });
      const own = (n: number): void => {
        source.next({ id: `${n}`, data: n });
      };
      const cursor = open('lost');
      for (const n of [1, 2, 3, 4]) own(n);
      expect(taken(cursor)).toEqual([]);
      for (const n of [4, 5]) snapshot.next({ id: `${n}`, data: n });
      for (const n of [5, 6]) own(n);
      expect(dataIn(taken(cursor))).toEqual(['4', '5']);
      snapshot.complete();
      own(7);
      expect(dataIn(taken(cursor))).toEqual(['6', '7']);
    });

    it.each<[string, readonly number[], readonly number[]]>([
      ['older than what is live', [1, 2], [3, 4, 5]],
      ['as new as the head', [2, 3], [4, 5]],
      ['newer than the head', [3, 4], [5]],
      ['in any order', [4, 1, 3], [5]],
      ['of which nothing is held', [8, 9], [4, 5]],
      ['empty', [], [4, 5]],
    ])('goes on after a snapshot that is %s: %j, then %j', (_, ids, rest) => {
      const snapshot = new Subject<SseMessageInit>();
      const { open, source } = feedOf({ onGap: () => snapshot });
      const cursor = open('lost');
      for (const n of [1, 2, 3]) source.next({ id: `${n}`, data: n });
      taken(cursor);
      for (const n of [4, 5]) source.next({ id: `${n}`, data: n });
      for (const id of ids) snapshot.next({ id: `${id}`, data: `s${id}` });
      snapshot.complete();
      expect(dataIn(taken(cursor))).toEqual([...ids.map((id) => `s${id}`), ...rest.map(String)]);
    });

    it('is told after its snapshot where it is, and not before', () => {
      const snapshot = new Subject<SseMessageInit>();
      const { open, send } = feedOf({ onGap: () => snapshot });
      const first = open();
      send('a');
      const [, block] = taken(first);
      const cursor = open('lost');
      expect(taken(cursor)).toEqual([]);
      snapshot.next({ data: 's' });
      snapshot.complete();
      expect(taken(cursor)).toEqual(['data: s\n\n', `id: ${idIn(block)}\n\n`]);
    });
  });

  describe('of a feed that has ended', () => {
    it('says so once all is taken, to who was there and to who comes later', async () => {
      const { open, send, source, wakes } = feedOf();
      const live = open();
      const [told] = taken(live);
      send('a');
      source.complete();
      await Promise.resolve();
      expect(wakes()).toBe(1);
      expect(dataIn(taken(live))).toEqual(['a']);
      expect(live).toMatchObject({ end: { failed: false }, wasOver: false });
      const late = open(idIn(told));
      expect(dataIn(taken(late))).toEqual(['a']);
      expect(late).toMatchObject({ end: { failed: false }, wasOver: true });
      const newcomer = open();
      expect(taken(newcomer)).toEqual([]);
      expect(newcomer).toMatchObject({ end: { failed: false }, taken: 0, wasOver: true });
    });

    it('fails as the source did, also without a client at that time', () => {
      const failure = new Error('the source broke');
      const { open } = clientsOf(resumable(throwError(() => failure)));
      expect(taken(open())).toEqual([]);
      const late = open();
      expect(taken(late)).toEqual([]);
      expect(late).toMatchObject({ end: { failed: true, error: failure }, wasOver: true });
    });
  });

  it('throws what is wrong with a message that cannot be sent, after all before it, live and resumed', () => {
    const { open, send, source, feed } = feedOf();
    const live = open();
    const [told] = taken(live);
    const seen = record(feed());
    send('a', 1n, 'b');
    for (const cursor of [live, open(idIn(told))]) {
      expect(dataIn([new TextDecoder().decode(cursor.take(CHUNK))])).toEqual(['a']);
      expect(() => cursor.take(CHUNK)).toThrow(TypeError);
    }
    expect(source.observed).toBe(true);
    expect(seen.values.map(({ data }) => data)).toEqual(['a', 1n, 'b']);
  });

  it('fails with what the log fails with', () => {
    const failure = new Error('the engine is away');
    const log = { ...memoryLog(), head: () => throwError(() => failure) };
    const { open } = clientsOf(resumable(log));
    const cursor = open();
    expect(taken(cursor)).toEqual([]);
    expect(cursor.end).toEqual({ failed: true, error: failure });
  });

  it('is looked up again where the log has lost what followed: only those have a gap whose id is lost', () => {
    const changes = new Subject<void>();
    let log = memoryLog();
    const feed = resumable({
      append: (messages) => log.append(messages),
      read: (after, limit) => log.read(after, limit),
      head: () => log.head(),
      changes,
    });
    const { open } = clientsOf(feed);
    const send = (...ids: string[]): void => {
      void log.append(ids.map((id) => ({ id, data: id })));
      changes.next();
    };
    const [old, late] = [open(), open()];
    taken(old);
    taken(late);
    send('1');
    taken(old);
    send('2');
    taken(late);
    expect(taken(old)).toHaveLength(1);
    const restored = memoryLog();
    log = restored;
    const early = open('1');
    send('1', '3');
    expect(dataIn(taken(early))).toEqual(['3']);
    for (const cursor of [old, late]) {
      expect(taken(cursor)).toEqual([]);
      expect(cursor.end?.error).toMatchObject({ lastEventId: '2' });
    }
  });
});

describe('resumable on a log', () => {
  it('serves who publishes to it, from whichever feed they read', () => {
    const log = memoryLog();
    const source = new Subject<SseMessageInit>();
    const feeds = [resumable(log), resumable(log, { from: 'start' })];
    const publisher = record(source.pipe(appendTo(log)));
    source.next({ data: 1 });
    const [now, start] = feeds.map((feed) => record(feed()));
    source.next({ data: 2 });
    source.complete();
    expect(now!.values.map(({ data }) => data)).toEqual([2]);
    expect(start!.values.map(({ data }) => data)).toEqual([1, 2]);
    expect([publisher.outcome, now!.outcome, start!.outcome]).toEqual(['complete', 'complete', 'complete']);
  });

  it('listens to the log once for all clients, from the first to the last', () => {
    let listeners = 0;
    const log = memoryLog();
    const changes = new Observable((subscriber) => {
      listeners++;
      const inner = log.changes.subscribe(subscriber);
      return () => {
        listeners--;
        inner.unsubscribe();
      };
    });
    const feed = resumable({ ...log, changes });
    expect(listeners).toBe(0);
    const clients = [record(feed()), record(feed())];
    expect(listeners).toBe(1);
    for (const { subscription } of clients) subscription.unsubscribe();
    expect(listeners).toBe(0);
  });

  it('reads the log once for a client that is ahead of the tail, and goes on when the tail has caught up', async () => {
    const log = memoryLog();
    const changes = new Subject<void>();
    let reads = 0;
    const read: MessageLog['read'] = (after, limit) => {
      if (++reads > 10) throw new Error('expected the client to wait for a change');
      return log.read(after, limit);
    };
    const { open, wakes } = clientsOf(resumable({ ...log, read, changes }));
    taken(open());
    const publish = (data: number): string => (log.append([{ data }]) as string[][])[0]![0]!;
    const ahead = open(publish(1));
    reads = 0;
    expect(taken(ahead)).toEqual([]);
    expect([ahead.end, reads]).toEqual([undefined, 1]);
    publish(2);
    changes.next();
    await Promise.resolve();
    expect(wakes()).toBeGreaterThan(0);
    expect(dataIn(taken(ahead))).toEqual(['2']);
  });

  it('has more messages that come at once than a page of the log has', () => {
    const log = memoryLog();
    const { open } = clientsOf(resumable(log));
    const cursor = open();
    taken(cursor);
    void log.append(Array.from({ length: 600 }, (_, n) => ({ data: n })));
    expect(dataIn(taken(cursor))).toEqual(Array.from({ length: 600 }, (_, n) => String(n)));
  });

  it('ends the subscription of its source with the last of the clients, of whichever kind they are', () => {
    const { open, feed, source } = feedOf({ resetOnRefCountZero: () => of(0) });
    const [cursor, other] = [open(), open()];
    const subscription = feed().subscribe();
    cursor.close();
    expect(source.observed).toBe(true);
    other.close();
    expect(source.observed).toBe(true);
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
  });

  it('is at the end of a log that had ended before, also if the tail does not know of it yet', () => {
    const log = memoryLog();
    const { open } = clientsOf(resumable({ ...log, changes: NEVER }));
    taken(open());
    const [[last = ''] = []] = log.append([{ data: 1 }], { failed: false }) as string[][];
    const ahead = open(last);
    expect(taken(ahead)).toEqual([]);
    expect([ahead.end, ahead.wasOver]).toEqual([{ failed: false }, true]);

    const later = clientsOf(resumable(log)).open(last);
    expect(taken(later)).toEqual([]);
    expect([later.end, later.wasOver]).toEqual([{ failed: false }, true]);
  });

  it("begins live with onGap: 'replay' where nothing is held, and tells after which id", () => {
    const { open } = feedOf({ onGap: 'replay' });
    expect(taken(open('lost')).map(idIn)).toEqual([expect.stringMatching(/-0$/)]);
  });
});
