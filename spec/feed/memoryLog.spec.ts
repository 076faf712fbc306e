import { from } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { appendTo, memoryLog } from 'rxjs-http-streams';
import type { LogPage, MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome';

/** Returns the answer of a log, which the log in memory gives synchronously. */
const answered = <A>(answer: ObservableInput<A>): A => outcomeOf(from(answer)).values[0]!;
const append = (log: MessageLog, ...data: unknown[]): readonly string[] =>
  answered(log.append(data.map((each) => ({ data: each }))));
const read = (log: MessageLog, after?: string, limit = 100): LogPage => answered(log.read(after, limit));
const head = (log: MessageLog): string => answered(log.head());
const dataOf = ({ messages }: LogPage): unknown[] => messages.map(({ data }) => data);

describe('memoryLog', () => {
  it('gives each message an id of one epoch, counted from 1', () => {
    const log = memoryLog();
    const ids = [...append(log, 'a', 'b'), ...append(log, 'c')];
    const [epoch = ''] = ids[0]!.split('-');
    expect(epoch).toMatch(/^[0-9a-z]{6,}$/);
    expect(ids).toEqual([`${epoch}-1`, `${epoch}-2`, `${epoch}-3`]);
    expect(read(log).messages).toEqual([
      { id: ids[0], data: 'a' },
      { id: ids[1], data: 'b' },
      { id: ids[2], data: 'c' },
    ]);
  });

  it('has an epoch unlike that of any other log, so that an id of another life is a gap', () => {
    const [id = ''] = append(memoryLog(), 'a');
    const another = memoryLog();
    append(another, 'b', 'c');
    expect(head(another)).not.toContain(id.split('-')[0]);
    expect(read(another, id).isGap).toBe(true);
  });

  it('keeps the ids that messages have', () => {
    const log = memoryLog();
    void log.append([{ id: 'own', data: 1 }, { data: 2 }]);
    expect(dataOf(read(log, 'own'))).toEqual([2]);
  });

  it('answers with what follows an id, oldest first, no more than the limit', () => {
    const log = memoryLog();
    const ids = append(log, 1, 2, 3, 4);
    expect(dataOf(read(log, ids[0], 2))).toEqual([2, 3]);
    expect(dataOf(read(log, ids[3]))).toEqual([]);
    expect(read(log, ids[3]).isGap).toBe(false);
    expect(dataOf(read(log, undefined, 3))).toEqual([1, 2, 3]);
  });

  it('has a head before its first message, after which is everything', () => {
    const log = memoryLog();
    const before = head(log);
    expect(read(log, before)).toMatchObject({ messages: [], isGap: false });
    const [id] = append(log, 1);
    expect(head(log)).toBe(id);
    expect(read(log, before)).toMatchObject({ isGap: false });
    expect(dataOf(read(log, before))).toEqual([1]);
  });

  it.each<[string, (ids: readonly string[]) => string | undefined, boolean, unknown[]]>([
    ['the last', (ids) => ids[5], false, []],
    ['the oldest that is held', (ids) => ids[3], false, [5, 6]],
    ['the one before it, which has missed nothing', (ids) => ids[2], false, [4, 5, 6]],
    ['one that is gone', (ids) => ids[1], true, [4, 5, 6]],
    ['one of the future', (ids) => ids[5]!.replace(/6$/, '7'), true, [4, 5, 6]],
    ['half of one', (ids) => ids[5]!.slice(0, 4), true, [4, 5, 6]],
    ['a forged one', () => '__proto__', true, [4, 5, 6]],
    ['the empty one', () => '', true, [4, 5, 6]],
    ['the beginning, which is gone', () => undefined, true, [4, 5, 6]],
  ])('knows a gap after %s: %s %s %s', (_, after, isGap, data) => {
    const log = memoryLog({ bufferSize: 3 });
    const ids = append(log, 1, 2, 3, 4, 5, 6);
    const page = read(log, after(ids));
    expect(page.isGap).toBe(isGap);
    expect(dataOf(page)).toEqual(data);
  });

  it('holds as many bytes as it may, counted as blocks of an event stream, and the newest message whatever its size', () => {
    const log = memoryLog({ bufferBytes: 300 });
    append(log, 'x'.repeat(100), 'y'.repeat(100), 'z'.repeat(100));
    expect(dataOf(read(log)).map((data) => String(data)[0])).toEqual(['y', 'z']);
    append(log, 'w'.repeat(1_000));
    expect(dataOf(read(log)).map((data) => String(data)[0])).toEqual(['w']);
    append(log, 'v');
    expect(dataOf(read(log))).toEqual(['v']);
  });

  it('holds what cannot be sent', () => {
    const log = memoryLog();
    append(log, 1, 2n);
    expect(dataOf(read(log))).toEqual([1, 2n]);
  });

  it('says its end to who has all of it, and takes nothing more', () => {
    const log = memoryLog();
    const end = { failed: true, error: new Error('broke') };
    const [id] = append(log, 1);
    void log.append([{ data: 2 }], end);
    expect(read(log, id, 1).end).toBe(end);
    expect(read(log, undefined, 1).end).toBeUndefined();
    expect(read(log, head(log))).toMatchObject({ messages: [], end });
    expect(() => log.append([{ data: 3 }])).toThrow(/has ended/);
  });

  it('tells of each change, once what has changed can be read', () => {
    const log = memoryLog();
    const seen: unknown[] = [];
    log.changes.subscribe(() => seen.push(...dataOf(read(log))));
    append(log, 1);
    append(log, 2);
    expect(seen).toEqual([1, 1, 2]);
  });

  it('asks for no randomness before it is used, which some platforms have only while they answer a request', () => {
    const original = crypto.getRandomValues.bind(crypto);
    let asked = 0;
    crypto.getRandomValues = (array) => {
      asked++;
      return original(array);
    };
    try {
      const log = memoryLog();
      expect(asked).toBe(0);
      append(log, 1);
      expect(asked).toBe(1);
    } finally {
      crypto.getRandomValues = original;
    }
  });

  it('holds only a message whose own id is repeated at the place where it came last', () => {
    const log = memoryLog();
    from<SseMessageInit[]>([{ id: 'a' }, { id: 'b' }, { id: 'a', data: 2 }, { id: 'c' }])
      .pipe(appendTo(log))
      .subscribe();
    expect(read(log, 'a').messages).toEqual([{ id: 'c' }]);
  });
});
