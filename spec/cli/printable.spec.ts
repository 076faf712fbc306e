import fc from 'fast-check';
import { concat, from, lastValueFrom, of, reduce, throwError, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { escaped } from '../../src/cli/escaped';
import { printable } from '../../src/cli/printable';

const printed = (chunks: readonly string[], terminal: boolean): Promise<string> =>
  lastValueFrom(
    from(chunks).pipe(
      printable(terminal),
      // As a stream writes it: each chunk by itself.
      reduce((all, chunk) => all + new TextDecoder().decode(new TextEncoder().encode(chunk)), ''),
    ),
  );

const marbles = (run: Parameters<TestScheduler['run']>[0]): void => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(run);
};

/** Text of the pieces that matter, cut anywhere, within a character too. */
const chunked = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        'a',
        '\n',
        '\r',
        '\r\n',
        '\x1b[2J',
        '\u202e',
        '😀',
        '\ud83d',
        '\ude00',
        '👩',
        '\u200d',
        '🚀',
        '\ufe0f',
        '❤',
      ),
    ),
    fc.array(fc.nat({ max: 40 })),
  )
  .map(([pieces, cuts]) => {
    const text = pieces.join('');
    const ends = [...cuts, text.length].map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b);
    return { text, chunks: ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end)) };
  });

const asUtf8 = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

describe('printable', () => {
  it('leaves text that does not go to a terminal as it is, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(chunked, async ({ text, chunks }) => {
        expect(await printed(chunks, false)).toBe(asUtf8(text));
      }),
    );
  });

  it('shows on a terminal what the whole text would show, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(chunked, async ({ text, chunks }) => {
        expect(await printed(chunks, true)).toBe(escaped(text));
      }),
    );
  });

  it('passes text on at once, but for half a character', () => {
    marbles(({ cold, expectObservable }) => {
      const chunk = { a: 'one\ud83d', b: '\ude00two', c: 'three' };
      expectObservable(cold('a-b-c-|', chunk).pipe(printable(false))).toBe('a-b-c-|', {
        a: 'one',
        b: '😀two',
        c: 'three',
      });
    });
  });

  it('waits on a terminal for what follows a carriage return', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a-b-c-|', { a: '1 %\r', b: '2 %\r', c: '\n' }).pipe(printable(true))).toBe(
        'a-b-c-|',
        { a: '1 %', b: '\\x0d2 %', c: '\r\n' },
      );
    });
  });

  it.each([
    [true, '\\ud83d'],
    [false, '\ud83d'],
  ])('gives the half that was left before an end and before an error, terminal: %s', (terminal, half) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a-|', { a: 'a\ud83d' }).pipe(printable(terminal))).toBe('a-(b|)', {
        a: 'a',
        b: half,
      });
      expectObservable(cold('a-#', { a: 'a\ud83d' }).pipe(printable(terminal))).toBe('a-(b#)', {
        a: 'a',
        b: half,
      });
    });
  });

  it.each([true, false])('gives nothing for nothing, terminal: %s', async (terminal) => {
    expect(await lastValueFrom(of('', '').pipe(printable(terminal), toArray()))).toEqual([]);
  });

  it('keeps nothing from one subscription to the next', async () => {
    const failing = concat(
      of('\ud83d'),
      throwError(() => new Error('cut')),
    ).pipe(printable(false));
    await expect(lastValueFrom(failing)).rejects.toThrow('cut');
    await expect(lastValueFrom(failing.pipe(toArray()))).rejects.toThrow('cut');
    const source = of('\ude00').pipe(printable(false));
    expect(await lastValueFrom(source)).toBe('\ude00');
    expect(await lastValueFrom(source)).toBe('\ude00');
  });
});
