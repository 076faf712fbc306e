import { NEVER, Subject, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { appendTo, isStreamOverflowError, memoryLog } from 'rxjs-http-streams';
import type { LogEnd, MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';

const values = Object.fromEntries(Array.from('abcdef', (data) => [data, { data }]));

/** A log that takes its time to confirm, and writes down what it is given. */
function slowLog(confirm: (ids: string[]) => Observable<string[]>) {
  const appended: { readonly data: unknown[]; readonly end: LogEnd | undefined }[] = [];
  let count = 0;
  const log: MessageLog = {
    append: (messages, end) => {
      appended.push({ data: messages.map(({ data }) => data), end });
      return confirm(messages.map(() => `${++count}`));
    },
    read: () => [],
    head: () => [],
    changes: NEVER,
  };
  return { log, appended };
}

describe('appendTo', () => {
  it('emits each message with its id, in order, and completes once the log holds the end', () => {
    const log = memoryLog();
    const { values: seen, completed } = outcomeOf(
      of({ data: 'a' }, { id: 'own', data: 'b' }).pipe(appendTo(log)),
    );
    const [{ messages, end } = {}] = log.read(undefined, 9) as Iterable<{
      messages: SseMessageInit[];
      end: LogEnd;
    }>;
    expect(seen).toEqual(messages);
    expect(seen.map(({ data }) => data)).toEqual(['a', 'b']);
    expect(end).toEqual({ failed: false });
    expect(completed).toBe(true);
  });

  it('emits the id under which the log holds a message, where that is another one than its own', () => {
    const { log } = slowLog((ids) => of(ids));
    const { values: seen } = outcomeOf(of({ id: 'own', data: 'a' }).pipe(appendTo(log)));
    expect(seen).toEqual([{ id: '1', data: 'a' }]);
  });

  it('appends what comes while the log is busy in one go, and nothing twice', () => {
    scheduled(({ hot, cold, expectObservable, flush }) => {
      const { log, appended } = slowLog((ids) => cold('---(i|)', { i: ids }));
      const output$ = hot('-a-bc----d---|', values).pipe(
        appendTo(log),
        map(({ id, data }) => `${id}${String(data)}`),
      );
      expectObservable(output$).toBe('----w--(xy)-z---|', { w: '1a', x: '2b', y: '3c', z: '4d' });
      flush();
      expect(appended).toEqual([
        { data: ['a'], end: undefined },
        { data: ['b', 'c'], end: undefined },
        { data: ['d'], end: undefined },
        { data: [], end: { failed: false } },
      ]);
    });
  });

  it('appends messages that are published from within, after the one under way', () => {
    const log = memoryLog();
    const source = new Subject<SseMessageInit>();
    log.changes.subscribe(() => {
      if (source.observed && count++ === 0) source.next({ data: 'inner' });
    });
    let count = 0;
    const { values: seen } = record(source.pipe(appendTo(log)));
    source.next({ data: 'outer' });
    source.next({ data: 'last' });
    expect(seen.map(({ data }) => data)).toEqual(['outer', 'inner', 'last']);
  });

  it('tells the log of a failure first, then errors with it', () => {
    const failure = new Error('the source broke');
    const { log, appended } = slowLog((ids) => of(ids));
    expect(outcomeOf(throwError(() => failure).pipe(appendTo(log))).error).toBe(failure);
    expect(appended).toEqual([{ data: [], end: { failed: true, error: failure } }]);
  });

  it('does not end the log with ends: false, nor when it is unsubscribed', () => {
    const log = memoryLog();
    expect(outcomeOf(of({ data: 1 }).pipe(appendTo(log, { ends: false }))).completed).toBe(true);
    const source = new Subject<SseMessageInit>();
    const { subscription } = record(source.pipe(appendTo(log)));
    source.next({ data: 2 });
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
    expect(outcomeOf(of({ data: 3 }).pipe(appendTo(log))).completed).toBe(true);
  });

  it('errors with what the log fails with, and leaves the source', () => {
    const failure = new Error('no room');
    const source = new Subject<SseMessageInit>();
    const { log } = slowLog(() => throwError(() => failure));
    const recording = record(source.pipe(appendTo(log)));
    source.next({ data: 1 });
    expect(recording.error).toBe(failure);
    expect(source.observed).toBe(false);
  });

  it('errors when more waits for the log than may', () => {
    const source = new Subject<SseMessageInit>();
    const { log, appended } = slowLog(() => NEVER);
    const recording = record(source.pipe(appendTo(log, { maxBufferedBytes: 100 })));
    const data = 'x'.repeat(42);
    for (let n = 0; n < 3; n++) source.next({ data });
    expect(recording.outcome).toBeUndefined();
    source.next({ data });
    expect(isStreamOverflowError(recording.error)).toBe(true);
    expect(recording.error).toMatchObject({ limit: 100, size: 150 });
    expect(appended).toHaveLength(1);
    expect(source.observed).toBe(false);
  });
});
