import { Subject, from, take, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome';
import { scheduled } from './scheduler';

/** An operator in one configuration, and input that fits it. */
export interface OperatorContract<In, Out> {
  readonly create: () => OperatorFunction<In, Out>;
  /** Three chunks, each of which gives its one value at once. */
  readonly chunks: { readonly a: In; readonly b: In; readonly c: In };
  /** The values of the three. */
  readonly values: { readonly x: Out; readonly y: Out; readonly z: Out };
  /** The values `x`, `y` and `z` in as few chunks as the operator allows. */
  readonly dense: readonly In[];
}

/** Specs that hold for every operator that reads a format. */
export function itKeepsTheOperatorContract<In, Out>(
  title: string,
  { create, chunks, values, dense }: OperatorContract<In, Out>,
): void {
  describe(`as an operator (${title})`, () => {
    it('stays silent on a source that never emits', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot<In>('-');
        expectObservable(source.pipe(create()), '---!').toBe('-');
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('completes with an empty source', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<In>('---|');
        expectObservable(source.pipe(create())).toBe('---|');
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('emits the value of one chunk when the chunk comes', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('--a--|', chunks);
        expectObservable(source.pipe(create())).toBe('--x--|', values);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('emits the values of many chunks, each when its chunk comes', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b--c-|', chunks);
        expectObservable(source.pipe(create())).toBe('-x-y--z-|', values);
        expectSubscriptions(source.subscriptions).toBe('^-------!');
      });
    });

    it('passes the error of its source on, after the values before it', () => {
      const error = new Error('the source broke');
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-#', chunks, error);
        expectObservable(source.pipe(create())).toBe('-x-y-#', values, error);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('passes an error on that is all its source has', () => {
      const error = new Error('the source broke');
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<In>('#', undefined, error);
        expectObservable(source.pipe(create())).toBe('#', undefined, error);
        expectSubscriptions(source.subscriptions).toBe('(^!)');
      });
    });

    it('emits as it goes on a source that never ends', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-a-b-c--', chunks);
        expectObservable(source.pipe(create()), '-------!').toBe('-x-y-z--', values);
        expectSubscriptions(source.subscriptions).toBe('^------!');
      });
    });

    it('unsubscribes from its source when it is unsubscribed from', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-a-b-c-|', chunks);
        expectObservable(source.pipe(create()), '----!').toBe('-x-y', values);
        expectSubscriptions(source.subscriptions).toBe('^---!');
      });
    });

    it('serves two subscriptions of the same Observable apart', () => {
      scheduled(({ cold, hot, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-|', chunks);
        const result = source.pipe(create());
        expectObservable(result).toBe('-x-y-|', values);
        expectObservable(result, '---^').toBe('----x-y-|', values);
        expectSubscriptions(source.subscriptions).toBe(['^----!', '---^----!']);

        const shared = hot('-a-b-c-|', chunks);
        const late = shared.pipe(create());
        expectObservable(late, '^---!').toBe('-x-y', values);
        expectObservable(late, '--^').toBe('---y-z-|', values);
        expectSubscriptions(shared.subscriptions).toBe(['^---!', '--^----!']);
      });
    });

    it('takes no more than it needs from a synchronous source behind take(1)', () => {
      let pulled = 0;
      const source = from([chunks.a, chunks.b, chunks.c]).pipe(tap(() => pulled++));
      const { values: seen, completed } = outcomeOf(source.pipe(create(), take(1)));
      expect(seen).toEqual([values.x]);
      expect(completed).toBe(true);
      expect(pulled).toBe(1);
    });

    it('emits nothing more of a chunk once take has had enough', () => {
      expect(outcomeOf(from(dense).pipe(create(), take(2))).values).toEqual([values.x, values.y]);
    });

    it('emits nothing more after an unsubscribe inside next, not even of the same chunk', () => {
      const source = new Subject<In>();
      const seen: unknown[] = [];
      const subscription = source.pipe(create()).subscribe({
        next: (value) => {
          seen.push(value);
          if (seen.length === 2) subscription.unsubscribe();
        },
        error: (error: unknown) => seen.push(error),
        complete: () => seen.push('completed'),
      });
      for (const chunk of dense) source.next(chunk);
      source.complete();
      expect(seen).toEqual([values.x, values.y]);
      expect(source.observed).toBe(false);
    });
  });
}
