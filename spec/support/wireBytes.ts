import fc from 'fast-check';
import { utf8 } from 'rxjs-http-streams/testing';

const troublesome = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  ' ',
  '\0',
  '\ufeff',
  'é',
  '€',
  '😀',
  '\u2028',
  '\u0085',
  '\ud83d',
  '\ude00',
  'x',
];

/** Bytes that no encoder writes: stray, overlong, surrogate, cut and out-of-range sequences. */
const damage = [
  [0xff],
  [0x80],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xef, 0xbb],
];

const marks = ['', '', '\ufeff', '\ufeff\ufeff'];

/**
 * Text of a format's own words, mixed with every line end, byte order marks, NULs and characters of every length.
 * Most of it has to be words: streams of noise alone would hold no values to compare.
 */
export const wireText = (words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...words), weight: 12 },
        { arbitrary: fc.constantFrom(...troublesome), weight: 3 },
        { arbitrary: fc.string({ unit: 'binary' }), weight: 1 },
      ),
      { maxLength: 40, size: 'max' },
    )
    .map((parts) => parts.join(''));

/** The same as bytes, some of them damaged UTF-8, with no, one or two byte order marks before them. */
export const wireBytes = (words: readonly string[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...marks).map(utf8),
      fc.array(
        fc.oneof(
          { arbitrary: fc.constantFrom(...words).map(utf8), weight: 24 },
          { arbitrary: fc.constantFrom(...troublesome).map(utf8), weight: 6 },
          { arbitrary: fc.constantFrom(...damage).map((bytes) => Uint8Array.from(bytes)), weight: 1 },
          { arbitrary: fc.uint8Array({ maxLength: 4 }), weight: 1 },
        ),
        { maxLength: 40, size: 'max' },
      ),
    )
    .map(([mark, parts]) => Uint8Array.from([mark, ...parts].flatMap((part) => [...part])));
