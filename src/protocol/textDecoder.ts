import type { Decoder, Sink } from './decoder';

/** Returns the text of a chunk, or without a chunk the text of the bytes that are pending at the end. */
export type Decode = (chunk?: Uint8Array | string) => string;

/** The character in place of malformed input, and of a character that is cut by the end of a chunk. */
const REPLACEMENT = 0xfffd;

/**
 * Whether a text is ASCII, or nearly so and short: on Node 20, long text with a single other character is decoded more
 * slowly without `stream`.
 */
const isPlain = (text: string, { length }: Uint8Array): boolean =>
  text.length === length || (length <= 4096 && text.length > length * 0.9);

/**
 * Decodes bytes to text (WHATWG Encoding §4). Characters that are split over chunks arrive whole, malformed input
 * becomes U+FFFD, and one byte order mark at the start is dropped. Chunks that are text already pass, and lose the byte
 * order mark too, so that no other decoder has to search for it.
 *
 * @see `encodeUtf8` encodes text.
 */
export function textDecoder(encoding?: string): Decode {
  // `ignoreBOM: true` keeps the mark in the text. The platform would otherwise remove a mark from bytes alone, and
  // `whole` would remove one at the beginning of every chunk.
  const whole = new TextDecoder(encoding, { ignoreBOM: true });
  const streaming = new TextDecoder(encoding, { ignoreBOM: true });
  const isUtf8 = whole.encoding === 'utf-8';
  let started = false;
  /** Whether the bytes so far may end within a character. */
  let isWithin = false;
  let wasPlain = true;

  const decode = (chunk?: Uint8Array): string => {
    // Platforms decode such text up to several times as fast without `stream`, and any other text more slowly.
    if (chunk && isUtf8 && !isWithin && wasPlain) {
      const text = whole.decode(chunk);
      // The text tells that the chunk does not end within a character. A look at its last byte would take longer,
      // because these bytes are not in the cache of the processor yet.
      if (text !== '' && text.charCodeAt(text.length - 1) !== REPLACEMENT) {
        wasPlain = isPlain(text, chunk);
        return text;
      }
    }
    const text = streaming.decode(chunk, { stream: chunk !== undefined });
    isWithin = !(Number(chunk?.[chunk.length - 1]) < 0x80);
    wasPlain = chunk !== undefined && isPlain(text, chunk);
    return text;
  };

  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : decode(chunk);
    if (started || text === '') return text;
    started = true;
    return text.replace(/^\uFEFF/, '');
  };
}

/** Lets a decoder of text read bytes of UTF-8, too. */
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

/**
 * Reads text as a format of its own: each text that `decode` returns goes to the sink at once, unless it is empty.
 *
 * @see `textFraming` writes text.
 */
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
