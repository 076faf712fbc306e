import { from, NEVER, of, Subject, take, tap, concat } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, isStreamTruncatedError, parseSse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';

const cut = expect.objectContaining({ name: 'StreamTruncatedError', pending: '' }) as unknown;

describe('endOn', () => {
  it('completes at its marker at once, without emitting it, and leaves its source', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-m-c-', { a: 'a', b: 'b', c: 'c', m: '[DONE]' });
      expectObservable(source.pipe(endOn('[DONE]'))).toBe('-a-b-|');
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('errors when its source completes without the marker, after the values before', () => {
    scheduled(({ cold, expectObservable }) => {
      expectObservable(cold('-a-b-|').pipe(endOn('[DONE]'))).toBe('-a-b-#', undefined, cut);
    });
  });

  it('errors on an empty source', () => {
    scheduled(({ cold, expectObservable }) => {
      expectObservable(cold('--|').pipe(endOn('[DONE]'))).toBe('--#', undefined, cut);
    });
  });

  it('completes empty when the marker is all there is', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--m--|', { m: '[DONE]' });
      expectObservable(source.pipe(endOn('[DONE]'))).toBe('--|');
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('passes the error of its source on', () => {
    const error = new Error('the source broke');
    scheduled(({ cold, expectObservable }) => {
      expectObservable(cold('-a-#', undefined, error).pipe(endOn('[DONE]'))).toBe('-a-#', undefined, error);
      expectObservable(cold('#', undefined, error).pipe(endOn('[DONE]'))).toBe('#', undefined, error);
    });
  });

  it('stays silent on a source that never emits', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-');
      expectObservable(source.pipe(endOn('[DONE]')), '---!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribes from its source when it is unsubscribed from', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-m', { a: 'a', b: 'b', c: 'c', m: '[DONE]' });
      expectObservable(source.pipe(endOn('[DONE]')), '----!').toBe('-a-b');
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it('serves two subscriptions of the same Observable apart', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-m---b-|', { a: 'a', b: 'b', m: '[DONE]' });
      const result = source.pipe(endOn('[DONE]'));
      expectObservable(result).toBe('-a-|');
      expectObservable(result, '----^').toBe('-------b-#', undefined, cut);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '----^----!']);
    });
  });

  it('does not take the marker of an earlier subscription for that of a later one', () => {
    scheduled(({ hot, expectObservable }) => {
      const result = hot('-m---|', { m: '[DONE]' }).pipe(endOn('[DONE]'));
      expectObservable(result).toBe('-|');
      expectObservable(result, '---^').toBe('-----#', undefined, cut);
    });
  });

  it('finds the marker in the data of messages, and nowhere else in them', () => {
    const text = 'event: [DONE]\nid: [DONE]\ndata: a\n\ndata: [DONE]\n\ndata: late\n\n';
    const { values, completed } = outcomeOf(of(text).pipe(parseSse(), endOn('[DONE]')));
    expect(values.map(({ data }) => data)).toEqual(['a']);
    expect(completed).toBe(true);
  });

  it('does not take a value that only contains the marker for it', () => {
    const { values, error } = outcomeOf(of('[DONE] ', 'x[DONE]', '[done]').pipe(endOn('[DONE]')));
    expect(values).toHaveLength(3);
    expect(isStreamTruncatedError(error)).toBe(true);
    expect(error).toMatchObject({ message: 'The stream ended without its end marker' });
  });

  it('takes an empty marker', () => {
    expect(outcomeOf(of('a', '', 'b').pipe(endOn('')))).toEqual({
      values: ['a'],
      completed: true,
      error: undefined,
    });
  });

  it('ends where the predicate says, which is given the value and its index anew for each subscription', () => {
    const asked: [number, number][] = [];
    const result = of(5, 6, 7).pipe(
      endOn((value, index) => {
        asked.push([value, index]);
        return index === 1;
      }),
    );
    for (const { values, completed } of [outcomeOf(result), outcomeOf(result)]) {
      expect(values).toEqual([5]);
      expect(completed).toBe(true);
    }
    expect(asked).toEqual([5, 6, 5, 6].map((value) => [value, value - 5]));
  });

  it('errors with what the predicate throws, after the values before, and leaves its source', () => {
    const error = new Error('the predicate broke');
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|');
      const result = source.pipe(
        endOn((value) => {
          if (value === 'b') throw error;
          return false;
        }),
      );
      expectObservable(result).toBe('-a-#', undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('takes no more than it needs from a synchronous source behind take(1)', () => {
    let pulled = 0;
    const source = from(['a', 'b', '[DONE]']).pipe(tap(() => pulled++));
    expect(outcomeOf(source.pipe(endOn('[DONE]'), take(1)))).toEqual({
      values: ['a'],
      completed: true,
      error: undefined,
    });
    expect(pulled).toBe(1);
  });

  it('takes no more than the marker from a synchronous source', () => {
    let pulled = 0;
    const source = concat(from(['a', '[DONE]', 'b']), NEVER).pipe(tap(() => pulled++));
    expect(outcomeOf(source.pipe(endOn('[DONE]'))).completed).toBe(true);
    expect(pulled).toBe(2);
  });

  it('emits nothing more after an unsubscribe inside next', () => {
    const source = new Subject<string>();
    const seen: unknown[] = [];
    const subscription = source.pipe(endOn('[DONE]')).subscribe({
      next: (value) => {
        seen.push(value);
        subscription.unsubscribe();
      },
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('completed'),
    });
    source.next('a');
    source.next('b');
    source.complete();
    expect(seen).toEqual(['a']);
    expect(source.observed).toBe(false);
  });

  it('does not fail on a value that is null, which no text marks', () => {
    const source = of(null, { data: '[DONE]' }) as unknown as Observable<{ data: string }>;
    expect(outcomeOf(source.pipe(endOn('[DONE]')))).toEqual({
      values: [null],
      completed: true,
      error: undefined,
    });
  });

  describe('inclusive', () => {
    it('emits the text that is the marker, then completes and leaves its source', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-a-b-m-c-', { a: 'a', b: 'b', c: 'c', m: '[DONE]' });
        expectObservable(source.pipe(endOn('[DONE]', { inclusive: true }))).toBe('-a-b-(m|)', {
          a: 'a',
          b: 'b',
          m: '[DONE]',
        });
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('emits the value that the predicate finds, then completes', () => {
      const rows = { a: { done: false, text: 'a' }, z: { done: true, text: '' } };
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-z-a-|', rows);
        const result = source.pipe(endOn(({ done }) => done, { inclusive: true }));
        expectObservable(result).toBe('-a-(z|)', rows);
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('errors when its source completes without the marker', () => {
      scheduled(({ cold, expectObservable }) => {
        expectObservable(cold('-a-|').pipe(endOn('[DONE]', { inclusive: true }))).toBe(
          '-a-#',
          undefined,
          cut,
        );
      });
    });

    it('passes the error of its source on', () => {
      const error = new Error('the source broke');
      scheduled(({ cold, expectObservable }) => {
        const result = cold('-a-#', undefined, error).pipe(endOn('[DONE]', { inclusive: true }));
        expectObservable(result).toBe('-a-#', undefined, error);
      });
    });

    it.each([false, undefined])('leaves the marker out if it is %s', (inclusive) => {
      expect(outcomeOf(of('a', 'z').pipe(endOn('z', { inclusive }))).values).toEqual(['a']);
    });
  });
});
