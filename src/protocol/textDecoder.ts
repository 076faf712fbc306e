import type { Decoder, Sink } from './decoder';

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

/** Makes a decoder of text take bytes of UTF-8, too. */
export function takingBytes({ push, end }: Decoder<string>): Decoder<Uint8Array | string> {
  const decode = textDecoder();
  return {
    push: (chunk) => {
      push(decode(chunk));
    },
    end: () => {
      push(decode());
      end();
    },
  };
}

/** Text as a format of its own: the text that `decode` gives goes out as soon as there is any. */
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
