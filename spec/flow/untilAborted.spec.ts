import { getEventListeners } from 'node:events';
import { EMPTY, NEVER, Observable, defer, of, throwError } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { untilAborted } from '../../src/flow/untilAborted';
import { outcomeOf } from '../support/outcome';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { unhandledErrors } from '../support/unhandledErrors';

describe('untilAborted', () => {
  it('errors with the reason at the moment of the abort, whatever the reason is', () => {
    for (const reason of [new Error('enough'), 'enough', { code: 1 }]) {
      scheduled(({ hot, cold, expectObservable, expectSubscriptions }) => {
        const controller = new AbortController();
        const source = hot('-a-b-c-|');
        cold('----x').subscribe(() => {
          controller.abort(reason);
        });
        expectObservable(source.pipe(untilAborted(controller))).toBe('-a-b#', undefined, reason);
        expectSubscriptions(source.subscriptions).toBe('^---!');
      });
    }
  });

  it('errors with the reason of a signal that was aborted before, and subscribes nothing', () => {
    const signal = AbortSignal.abort('before');
    let subscribed = 0;
    const source = defer(() => {
      subscribed++;
      return of('a');
    });
    expect(outcomeOf(source.pipe(untilAborted({ signal })))).toEqual({
      values: [],
      completed: false,
      error: 'before',
    });
    expect(subscribed).toBe(0);
  });

  it('passes everything on without a signal', () => {
    for (const owner of [undefined, {}, { signal: undefined }, { signal: null }]) {
      const source = of('a');
      expect(source.pipe(untilAborted(owner))).toBe(source);
    }
  });

  it('passes everything on while no signal aborts', () => {
    scheduled(({ cold, expectObservable }) => {
      const owner = new AbortController();
      const error = new Error('the source broke');
      expectObservable(cold('-a-|').pipe(untilAborted(owner))).toBe('-a-|');
      expectObservable(cold('-a-#', undefined, error).pipe(untilAborted(owner))).toBe(
        '-a-#',
        undefined,
        error,
      );
    });
  });

  it('leaves no listener behind, however it ends', () => {
    const controller = new AbortController();
    const { signal } = controller;
    const pending = record(NEVER.pipe(untilAborted(controller)));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    pending.subscription.unsubscribe();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);

    outcomeOf(EMPTY.pipe(untilAborted(controller)));
    outcomeOf(throwError(() => new Error('the source broke')).pipe(untilAborted(controller)));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);

    const aborted = record(NEVER.pipe(untilAborted(controller)));
    controller.abort(0);
    expect(aborted).toMatchObject({ outcome: 'error', error: 0 });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('serves each subscription on its own', () => {
    const controller = new AbortController();
    const stream = NEVER.pipe(untilAborted(controller));
    const [first, second] = [record(stream), record(stream)];
    first.subscription.unsubscribe();
    controller.abort('enough');
    expect([first.outcome, second.outcome]).toEqual([undefined, 'error']);
  });

  it('takes one listener for all streams of a signal: Node warns of the eleventh', () => {
    const controller = new AbortController();
    const { signal } = controller;
    const recordings = Array.from({ length: 10_000 }, () => record(NEVER.pipe(untilAborted({ signal }))));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    recordings[0]!.subscription.unsubscribe();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort('enough');
    expect(recordings.map(({ outcome }) => outcome)).toEqual([
      undefined,
      ...Array<string>(9_999).fill('error'),
    ]);
    expect(new Set(recordings.slice(1).map(({ error }) => error))).toEqual(new Set(['enough']));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('ends the other streams of a signal, too, where the teardown of one throws', () => {
    const reported = unhandledErrors();
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const controller = new AbortController();
    const bug = new Error('in the teardown');
    const broken = new Observable<never>(() => () => {
      throw bug;
    });
    const errors: unknown[] = [];
    for (const source of [broken, NEVER]) {
      source.pipe(untilAborted(controller)).subscribe({ error: (error: unknown) => errors.push(error) });
    }
    controller.abort('enough');
    expect(errors).toEqual(['enough', 'enough']);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    vi.runAllTimers();
    expect(reported).toMatchObject([{ errors: [bug] }]);
  });

  it('can be subscribed to from within an abort', () => {
    const controller = new AbortController();
    let late: unknown;
    NEVER.pipe(untilAborted(controller)).subscribe({
      error: () => {
        late = outcomeOf(NEVER.pipe(untilAborted(controller))).error;
      },
    });
    const last = record(NEVER.pipe(untilAborted(controller)));
    controller.abort('enough');
    expect([late, last.error]).toEqual(['enough', 'enough']);
  });
});
