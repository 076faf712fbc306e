import fc from 'fast-check';
import { from } from 'rxjs';
import { decodeText } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';
import { splits } from '../support/splits';
import { wireBytes } from '../support/wireBytes';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('decodeText', () => {
  const chunks = { a: utf8('one'), b: utf8('zwölf'), c: utf8('😀') };
  itKeepsTheOperatorContract('UTF-8', {
    create: () => decodeText(),
    chunks,
    values: { x: 'one', y: 'zwölf', z: '😀' },
    dense: [chunks.a, chunks.b, chunks.c],
  });

  it('holds a split character back until its last byte', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-b-c-|', { a: bytes(0xe2), b: bytes(0x82), c: bytes(0xac, 0x41) });
      expectObservable(source.pipe(decodeText())).toBe('-----x-|', { x: '€A' });
    });
  });

  it('emits what an unfinished character becomes when its source completes', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-|', { a: bytes(0xe2, 0x82) });
      expectObservable(source.pipe(decodeText())).toBe('---(x|)', { x: '\ufffd' });
    });
  });

  it('emits nothing of an unfinished character when its source errors', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-#', { a: bytes(0xe2, 0x82) });
      expectObservable(source.pipe(decodeText())).toBe('---#');
    });
  });

  it('keeps half a character of one subscription out of another', () => {
    scheduled(({ hot, expectObservable }) => {
      const result = hot('-a-b-|', { a: bytes(0xe2), b: bytes(0x82, 0xac) }).pipe(decodeText());
      expectObservable(result).toBe('---x-|', { x: '€' });
      expectObservable(result, '--^').toBe('---y-|', { y: '\ufffd\ufffd' });
    });
  });

  it('starts over when it is subscribed to again, with the byte order mark too', () => {
    const result = from([utf8('\ufeffa'), bytes(0xe2)]).pipe(decodeText());
    expect(outcomeOf(result).values).toEqual(['a', '\ufffd']);
    expect(outcomeOf(result).values).toEqual(['a', '\ufffd']);
  });

  it('drops one byte order mark, however it is cut, and keeps a second one', () => {
    const source = from([bytes(0xef), bytes(0xbb), bytes(0xbf, 0xef, 0xbb), bytes(0xbf, 0x41)]);
    expect(outcomeOf(source.pipe(decodeText())).values.join('')).toBe('\ufeffA');
  });

  it('reads the encoding it is told', () => {
    const source = from([bytes(0x80, 0xe9)]);
    expect(outcomeOf(source.pipe(decodeText({ encoding: 'windows-1252' }))).values).toEqual(['€é']);
  });

  it('drops the byte order mark of UTF-16', () => {
    const source = from([bytes(0xff), bytes(0xfe, 0x41), bytes(0x00)]);
    expect(outcomeOf(source.pipe(decodeText({ encoding: 'utf-16le' }))).values).toEqual(['A']);
  });

  it('refuses an encoding that there is none of when it is called, and names the option', () => {
    expect(() => decodeText({ encoding: 'klingon' })).toThrow(TypeError);
    expect(() => decodeText({ encoding: 'klingon' })).toThrow(/^encoding: .*klingon/);
  });

  it('gives the text of all bytes decoded at once, whatever the chunks', () => {
    fc.assert(
      fc.property(splits(wireBytes(['a', '\ufeff'])), ({ whole, chunks: pieces }) => {
        const { values, completed } = outcomeOf(from(pieces).pipe(decodeText()));
        expect(values.join('')).toBe(new TextDecoder().decode(whole));
        expect(values).not.toContain('');
        expect(completed).toBe(true);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
