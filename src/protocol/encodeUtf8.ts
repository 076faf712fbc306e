import type { Bytes } from './bytes';

/** Made at the first use: test environments such as jsdom have no encoder while this module is imported. */
let encoder: TextEncoder | undefined;

/**
 * Encodes a text as UTF-8 (WHATWG Encoding §6).
 *
 * @see `textDecoder` decodes UTF-8.
 */
export const encodeUtf8 = (text: string): Bytes => (encoder ??= new TextEncoder()).encode(text);
