import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../src/protocol/encodeUtf8';
import { textDecoder, textEmitter } from '../../src/protocol/textDecoder';
import { recordingSink } from '../support/recordingSink';
import { splits } from '../support/splits';
import { wireBytes } from '../support/wireBytes';

const mark = [0xef, 0xbb, 0xbf];
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Text of which only a few characters are not ASCII. */
const nearlyPlain = fc
  .array(
    fc.oneof(
      { weight: 10, arbitrary: fc.constant('plain text ') },
      fc.constantFrom('é', '€', '😀', '\ufffd'),
    ),
  )
  .map((parts) => parts.join(''));

/** All the text of the chunks, what is left at the end included. */
function decodeAll(chunks: readonly (Uint8Array | string)[], encoding?: string): string {
  const decode = textDecoder(encoding);
  return chunks.map((chunk) => decode(chunk)).join('') + decode();
}

describe('textDecoder', () => {
  it('gives characters that are split over chunks whole, with their last byte', () => {
    const decode = textDecoder();
    const smiley = encodeUtf8('😀');
    expect([...smiley].map((byte) => decode(bytes(byte)))).toEqual(['', '', '', '😀']);
  });

  it('gives them whole wherever the cut is, whatever comes before it', () => {
    // U+2000 has a byte, 0x80, that no text of ASCII ends in.
    expect(decodeAll([bytes(0xe2, 0x80), bytes(0x80)])).toBe('\u2000');
    expect(decodeAll([bytes(0x61, 0x62, 0xe2), bytes(0x82, 0xac)])).toBe('ab€');
  });

  it('keeps a replacement character that was sent, and one for a malformed byte, at the end of a chunk', () => {
    expect(decodeAll([bytes(0x61, 0xef, 0xbf, 0xbd), bytes(0x62)])).toBe('a\ufffdb');
    expect(decodeAll([bytes(0x61, 0xff), bytes(0x62)])).toBe('a\ufffdb');
    expect(decodeAll([bytes(0x61, 0xef), bytes(0xbf), bytes(0xbd), bytes(0x62)])).toBe('a\ufffdb');
  });

  it('gives what an unfinished character becomes at the end', () => {
    const decode = textDecoder();
    expect(decode(bytes(0x41, 0xe2, 0x82))).toBe('A');
    expect(decode()).toBe('\ufffd');
  });

  it('replaces malformed bytes and goes on', () => {
    expect(decodeAll([bytes(0x61, 0xff, 0x62, 0xc0, 0xaf, 0x63)])).toBe('a\ufffdb\ufffd\ufffdc');
  });

  it.each([1, 2, 3, 4])('drops one byte order mark from bytes in chunks of %d', (size) => {
    const all = [...mark, 0x61];
    const chunks = all.flatMap((_, index) =>
      index % size ? [] : [bytes(...all.slice(index, index + size))],
    );
    expect(decodeAll(chunks)).toBe('a');
  });

  it('keeps a second byte order mark, and one that comes later', () => {
    expect(decodeAll([bytes(...mark, ...mark, 0x61, ...mark)])).toBe('\ufeffa\ufeff');
    expect(decodeAll([bytes(...mark), bytes(...mark)])).toBe('\ufeff');
    expect(decodeAll([bytes(0x61), bytes(...mark)])).toBe('a\ufeff');
    expect(decodeAll([bytes(0x61), bytes(...mark, 0x62)])).toBe('a\ufeffb');
    expect(decodeAll([bytes(0x61, ...mark, 0x62)])).toBe('a\ufeffb');
  });

  it('drops one byte order mark from strings too, also after empty ones', () => {
    expect(decodeAll(['', '\ufeff', '\ufeffa'])).toBe('\ufeffa');
    expect(decodeAll(['\ufeff\ufeffa'])).toBe('\ufeffa');
  });

  it('passes strings as they are, lone surrogates and all', () => {
    expect(decodeAll(['a\ud83d', '\ude00\0\udead'])).toBe('a😀\0\udead');
  });

  it('gives nothing for empty input', () => {
    expect(decodeAll([])).toBe('');
    expect(decodeAll([bytes(), ''])).toBe('');
  });

  it('reads other encodings, with their own byte order mark', () => {
    expect(decodeAll([bytes(0x80)], 'windows-1252')).toBe('€');
    expect(decodeAll([bytes(0xff), bytes(0xfe, 0x61), bytes(0x00)], 'utf-16le')).toBe('a');
    expect(decodeAll([bytes(0x83, 0x65), bytes(0x83), bytes(0x58)], 'shift_jis')).toBe('テス');
  });

  it('gives what decoding all bytes at once gives, wherever they are cut', () => {
    fc.assert(
      fc.property(
        splits(
          fc.oneof(
            wireBytes(['a']),
            fc.uint8Array(),
            fc.string({ unit: 'binary' }).map(encodeUtf8),
            nearlyPlain.map(encodeUtf8),
          ),
        ),
        ({ whole, chunks }) => {
          expect(decodeAll(chunks)).toBe(new TextDecoder().decode(whole));
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  it.each(['utf-16le', 'utf-16be'])('gives what decoding all bytes at once gives in %s', (encoding) => {
    fc.assert(
      fc.property(splits(fc.uint8Array({ maxLength: 12 })), ({ whole, chunks }) => {
        expect(decodeAll(chunks, encoding)).toBe(new TextDecoder(encoding).decode(whole));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('textEmitter', () => {
  it('hands out the text of each chunk as it comes, and nothing for a chunk without a whole character', () => {
    const sink = recordingSink<string>();
    const { push, end } = textEmitter(sink, textDecoder());
    push(bytes(0x61, 0xe2));
    push(bytes(0x82));
    push(bytes());
    expect(sink.values).toEqual(['a']);
    push(bytes(0xac, 0xe2));
    expect(sink.values).toEqual(['a', '€']);
    end();
    expect(sink.values).toEqual(['a', '€', '\ufffd']);
  });

  it('hands out nothing at an end that leaves nothing over', () => {
    const sink = recordingSink<string>();
    const { push, end } = textEmitter(sink, textDecoder());
    push(bytes(...mark));
    end();
    expect(sink.values).toEqual([]);
  });
});
