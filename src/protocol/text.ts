import type { Decoder, Sink } from './sink';

const encoder = /* @__PURE__ */ new TextEncoder();

/** UTF-8 bytes of a text (WHATWG Encoding §6). */
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);

/** Texts that are encoded apart: half a character at the end of one waits for the next. */
export function textFrames(): {
  readonly frame: (text: string, index: number) => string;
  readonly completion: () => string;
} {
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

/** Text of a chunk; without one, what is left at the end. */
export type Decode = (chunk?: Uint8Array | string) => string;

/**
 * Reads text out of bytes: characters that are split over chunks come whole, malformed input becomes U+FFFD
 * (WHATWG Encoding §4), and one byte order mark at the very start is dropped. Chunks that are text already
 * pass, so that whatever reads text reads both; the mark is looked for here and nowhere else.
 */
export function textDecoder(encoding?: string): Decode {
  // The platform's own stripping would hide whether a mark was there, and is of no use for strings.
  const whole = new TextDecoder(encoding, { ignoreBOM: true });
  const streaming = new TextDecoder(encoding, { ignoreBOM: true });
  const isUtf8 = whole.encoding === 'utf-8';
  let started = false;
  /** A character may be under way. */
  let underWay = false;
  let wasAscii = true;

  const decode = (chunk?: Uint8Array): string => {
    const wasUnderWay = underWay;
    underWay = !(isUtf8 && Number(chunk?.at(-1)) < 0x80);
    // Without a state platforms decode ASCII several times as fast, and anything else more slowly.
    const text =
      underWay || wasUnderWay || !wasAscii
        ? streaming.decode(chunk, { stream: chunk !== undefined })
        : whole.decode(chunk);
    wasAscii = text.length === chunk?.length;
    return text;
  };

  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : decode(chunk);
    if (started || text === '') return text;
    started = true;
    return text.replace(/^\uFEFF/, '');
  };
}

/** Text as a format of its own: what `decode` gives goes out, as soon as there is any. */
export function textEmitter(sink: Sink<string>, decode: Decode): Decoder<Uint8Array | string> {
  const push = (chunk?: Uint8Array | string): void => {
    const text = decode(chunk);
    if (text !== '') sink.next(text);
  };
  return {
    push,
    end: () => {
      push();
    },
  };
}
