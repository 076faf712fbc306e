import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../src/protocol/encodeUtf8';
import { textFraming } from '../../src/protocol/textFraming';
import { splits } from '../support/splits';

describe('textFraming', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Returns the text that a client reads when each frame is encoded by itself. */
  const written = (texts: readonly string[]): string => {
    const { frame, completion } = textFraming();
    const parts = [...texts.map((text, index) => frame(text, index)), completion()];
    return parts.map((part) => decoder.decode(encodeUtf8(part))).join('');
  };

  it('keeps a character whole that is split over two texts, and sends the rest at once', () => {
    const { frame, completion } = textFraming();
    expect(frame('a\ud83d', 0)).toBe('a');
    expect(frame('', 1)).toBe('');
    expect(frame('\ude00b', 2)).toBe('😀b');
    expect(frame('c', 3)).toBe('c');
    expect(completion()).toBe('');
  });

  it('sends half a character that never became whole, as text that was sent in one would', () => {
    expect(written(['a\ud83d'])).toBe('a\ufffd');
    expect(written(['\ud83d', 'b'])).toBe('\ufffdb');
    expect(written(['\ud83d', '\ud83d', '\ude00'])).toBe('\ufffd😀');
    expect(written(['a\ude00', 'b'])).toBe('a\ufffdb');
  });

  it('writes the whole text, wherever between its code units it is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '€', '\n', '😀', '\ud83d', '\ude00', '\u0000', '\udbff', '\udfff'),
    });
    fc.assert(
      fc.property(splits(text), ({ whole, chunks }) => {
        expect(written(chunks)).toBe(decoder.decode(encodeUtf8(whole)));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('begins anew for each body', () => {
    textFraming().frame('\ud83d', 0);
    expect(textFraming().frame('\ude00', 0)).toBe('\ude00');
  });

  it.each([[1], [undefined], [null], [{ a: 1 }], [['a']]])('refuses %j, and names its index', (value) => {
    const refused = () => textFraming().frame(value as unknown as string, 41);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^value 41: expected text or bytes, got (number|undefined|object)$/);
  });
});
