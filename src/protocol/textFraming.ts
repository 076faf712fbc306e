import type { Framing } from './framing';

/** Text as a format of its own. Half a character at the end of one text waits for the next text. */
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
