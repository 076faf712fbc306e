import fc from 'fast-check';
import { from, of, take } from 'rxjs';
import { isStreamLimitError, splitLines } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';
import { splits } from '../support/splits';
import { wireText } from '../support/wireBytes';

describe('splitLines', () => {
  itKeepsTheOperatorContract('LF', {
    create: () => splitLines(),
    chunks: { a: 'one\n', b: 'two\r\n', c: '\n' },
    values: { x: 'one', y: 'two', z: '' },
    dense: ['one\ntwo\r\n\n'],
  });

  it('joins a line over chunks and splits a chunk over lines', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-b-c-d-|', { a: 'ab', b: 'c\nd', c: '\n\n', d: 'e' });
      expectObservable(source.pipe(splitLines())).toBe('---u-(vw)(x|)', { u: 'abc', v: 'd', w: '', x: 'e' });
    });
  });

  it('emits a last line without a line feed only when its source completes', () => {
    scheduled(({ cold, expectObservable }) => {
      expectObservable(cold('-a-|', { a: 'last' }).pipe(splitLines())).toBe('---(x|)', { x: 'last' });
      expectObservable(cold('-a-#', { a: 'last' }).pipe(splitLines())).toBe('---#');
    });
  });

  it('keeps half a line of one subscription out of another', () => {
    scheduled(({ hot, expectObservable }) => {
      const result = hot('-a-b-|', { a: 'hal', b: 'ves\n' }).pipe(splitLines());
      expectObservable(result).toBe('---x-|', { x: 'halves' });
      expectObservable(result, '--^').toBe('---y-|', { y: 'ves' });
    });
  });

  it('starts over when it is subscribed to again', () => {
    const result = from(['a\nb']).pipe(splitLines());
    expect(outcomeOf(result).values).toEqual(['a', 'b']);
    expect(outcomeOf(result).values).toEqual(['a', 'b']);
  });

  it('errors on a line over the limit at once, after the lines before it, and leaves its source', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', { a: 'ok\nabc', b: 'de', c: '\n' });
      expectObservable(source.pipe(splitLines({ maxLineLength: 4 }))).toBe(
        '-x-#',
        { x: 'ok' },
        expect.objectContaining({ name: 'StreamLimitError', limit: 4, size: 5 }),
      );
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('does not bother a consumer that has what it wanted with a limit further on', () => {
    const source = of('a\nmuch too long');
    const { values, completed, error } = outcomeOf(source.pipe(splitLines({ maxLineLength: 3 }), take(1)));
    expect({ values, completed, error }).toEqual({ values: ['a'], completed: true, error: undefined });
  });

  it.each([0, -1, NaN, '80', null])('refuses a maxLineLength of %s when it is called', (maxLineLength) => {
    expect(() => splitLines({ maxLineLength: maxLineLength as number })).toThrow(TypeError);
    expect(() => splitLines({ maxLineLength: maxLineLength as number })).toThrow(/^maxLineLength: /);
  });

  it.each([1, Infinity, undefined])('takes a maxLineLength of %s', (maxLineLength) => {
    expect(outcomeOf(of('a\n').pipe(splitLines({ maxLineLength }))).values).toEqual(['a']);
  });

  it('gives the lines of the whole text, whatever the chunks', () => {
    fc.assert(
      fc.property(splits(wireText(['line', ','])), ({ whole, chunks }) => {
        const lines = whole.split('\n');
        if (lines.at(-1) === '') lines.pop();
        const { values, completed } = outcomeOf(from(chunks).pipe(splitLines()));
        expect(values).toEqual(lines.map((line) => line.replace(/\r$/, '')));
        expect(completed).toBe(true);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('is stopped by the same line under a limit, whatever the chunks', () => {
    fc.assert(
      fc.property(
        splits(wireText(['line', ','])),
        fc.integer({ min: 1, max: 6 }),
        ({ whole, chunks }, max) => {
          const operator = splitLines({ maxLineLength: max });
          const atOnce = outcomeOf(of(whole).pipe(operator));
          const inPieces = outcomeOf(from(chunks).pipe(operator));
          expect(inPieces.values).toEqual(atOnce.values);
          expect(isStreamLimitError(inPieces.error)).toBe(isStreamLimitError(atOnce.error));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('joins an 8 MiB line out of 1 KiB chunks', { timeout: 10_000 }, () => {
    const chunk = 'x'.repeat(1024);
    const source = from(Array.from({ length: 8192 }, () => chunk));
    const { values } = outcomeOf(source.pipe(splitLines({ maxLineLength: Infinity })));
    expect(values.map(({ length }) => length)).toEqual([8 * 1024 * 1024]);
  });

  it('joins lines out of 300 000 chunks of one character', { timeout: 10_000 }, () => {
    const text = `${'y'.repeat(299_990)}\nlast line`;
    const { values } = outcomeOf(from(text).pipe(splitLines()));
    expect(values).toEqual(['y'.repeat(299_990), 'last line']);
  });
});
