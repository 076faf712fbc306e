import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../src/protocol/encodeUtf8';

describe('encodeUtf8', () => {
  it('gives bytes that decode to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(encodeUtf8(text))).toBe(text);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('replaces a lone surrogate, which UTF-8 has no bytes for', () => {
    expect(encodeUtf8('\ud83d')).toEqual(Uint8Array.of(0xef, 0xbf, 0xbd));
  });
});
