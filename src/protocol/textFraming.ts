import type { Framing } from './framing';

/**
 * Writes text as it is. Half a character at the end of a text (a high surrogate) is sent with the next text, because
 * UTF-8 cannot encode half a character.
 *
 * @see `textEmitter` reads text.
 */
export function textFraming(): Required<Pick<Framing<string>, 'frame' | 'completion'>> {
  let half = '';
  return {
    frame(value, index) {
      if (typeof (value as unknown) !== 'string') {
        throw new TypeError(`value ${index}: expected text or bytes, got ${typeof value}`);
      }
      const text = half + value;
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      return text.slice(0, text.length - half.length);
    },
    completion: () => half,
  };
}
