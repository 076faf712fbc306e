import type { Decoder, Sink } from './decoder';

/** Returns the text of a chunk, or without a chunk the text of the bytes that are pending at the end. */
export type Decode = (chunk?: Uint8Array | string) => string;

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
  let wasAscii = true;

  const decode = (chunk?: Uint8Array): string => {
    const wasWithin = isWithin;
    isWithin = !(isUtf8 && Number(chunk?.[chunk.length - 1]) < 0x80);
    // Platforms decode ASCII several times as fast without `stream`, and any other text more slowly.
    const text =
      isWithin || wasWithin || !wasAscii
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
