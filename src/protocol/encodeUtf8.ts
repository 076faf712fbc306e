import type { Bytes } from './bytes';

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Encodes a text as UTF-8 (WHATWG Encoding §6).
 *
 * @see `textDecoder` for the other direction.
 */
export const encodeUtf8 = (text: string): Bytes => encoder.encode(text);
