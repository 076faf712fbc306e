import { EMPTY, NEVER, concat, from, of, tap, throwError } from 'rxjs';
import { keepAlive } from 'rxjs-http-streams';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';

describe('keepAlive', () => {
  itKeepsTheOperatorContract('values that follow each other quickly', {
    create: () => keepAlive<string, string>(100, '.'),
    chunks: { a: 'a', b: 'b', c: 'c' },
    values: { x: 'a', y: 'b', z: 'c' },
    dense: ['a', 'b', 'c'],
  });

  const values = { a: 'a', b: 'b', '.': '.' };

  it('emits the frame after exactly so many milliseconds of silence, and again and again', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-');
      expectObservable(source.pipe(keepAlive(5, '.')), '^ 16ms !').toBe('5ms . 4ms . 4ms . -', values);
      expectSubscriptions(source.subscriptions).toBe('^ 16ms !');
    });
  });

  it('counts from each value anew, whenever in the silence it comes', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('  --a---b----a---------|');
      const result = '       --a---b----a----.----|';
      expectObservable(source.pipe(keepAlive(5, '.'))).toBe(result, values);
    });
  });

  it('counts from the frame as from a value', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('  a------b------|');
      const result = '       a----.-b----.-|';
      expectObservable(source.pipe(keepAlive(5, '.'))).toBe(result, values);
    });
  });

  it('leaves the frame out where a value comes often enough', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('--a---b---a---b---|');
      expectObservable(source.pipe(keepAlive(5, '.'))).toBe('--a---b---a---b---|', values);
    });
  });

  it('emits nothing after the end of the source, and holds it back for nothing', () => {
    scheduled(({ cold, expectObservable, expectSubscriptions }) => {
      const whole = cold('-a--|');
      expectObservable(whole.pipe(keepAlive(2, '.'))).toBe('-a-.|', values);
      expectSubscriptions(whole.subscriptions).toBe('^---!');

      const error = new Error('the source broke');
      const broken = cold('-a--#', undefined, error);
      expectObservable(broken.pipe(keepAlive(2, '.'))).toBe('-a-.#', values, error);
      expectSubscriptions(broken.subscriptions).toBe('^---!');
    });
  });

  it('counts for each subscription from when it began', () => {
    scheduled(({ cold, expectObservable }) => {
      const result = cold('-').pipe(keepAlive(5, '.'));
      expectObservable(result, '^-----------!').toBe('-----.----.--', values);
      expectObservable(result, '---^--------!').toBe('--------.----', values);
    });
  });

  it('may send a frame of another type, the same each time', () => {
    const frame = { heartbeat: true };
    scheduled(({ cold, expectObservable }) => {
      expectObservable(cold('-').pipe(keepAlive(3, frame)), '7ms !').toBe('---f--f-', { f: frame });
    });
  });

  describe('on real timers', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('leaves none behind when the source ends at once, or the subscriber leaves', () => {
      for (const source of [EMPTY, of('a', 'b'), throwError(() => new Error('the source broke'))]) {
        outcomeOf(source.pipe(keepAlive(5, '.')));
        expect(vi.getTimerCount()).toBe(0);
      }
      const subscription = NEVER.pipe(keepAlive(5, '.')).subscribe();
      expect(vi.getTimerCount()).toBe(1);
      subscription.unsubscribe();
      expect(vi.getTimerCount()).toBe(0);
    });

    it('makes no timer for a value: a flood costs what it cost without', () => {
      // The clock would take a spy for what it has to put back.
      vi.useRealTimers();
      const setInterval = vi.spyOn(globalThis, 'setInterval');
      outcomeOf(from(Array.from({ length: 1_000 }, () => 'a')).pipe(keepAlive(5, '.')));
      expect(setInterval.mock.calls.length).toBeLessThan(5);
      setInterval.mockRestore();
    });

    it('goes on when the clock of the machine is set back in a silence', () => {
      let frames = 0;
      const subscription = concat(of('a'), NEVER)
        .pipe(
          keepAlive(1_000, '.'),
          tap(() => frames++),
        )
        .subscribe();
      vi.advanceTimersByTime(500);
      vi.setSystemTime(Date.now() - 3_600_000);
      vi.advanceTimersByTime(10_000);
      expect(frames).toBeGreaterThan(4);
      subscription.unsubscribe();
    });
  });

  it.each([0, -1, 0.5, NaN, 2 ** 31, Infinity, '5', null])('refuses %s ms when it is called', (ms) => {
    expect(() => keepAlive(ms as number, '.')).toThrow(TypeError);
    expect(() => keepAlive(ms as number, '.')).toThrow(/^ms: /);
  });

  it('takes the shortest and the longest time that a timer can wait', () => {
    expect(() => [keepAlive(1, '.'), keepAlive(2 ** 31 - 1, '.')]).not.toThrow();
  });
});
