import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Bytes } from '../protocol/bytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/**
 * Encodes text as UTF-8 (WHATWG Encoding §6). Bytes pass unchanged, so that many clients can share text that was
 * encoded once.
 *
 * ```
 * text:  --A--€--------|
 *        encodeText()
 * bytes: --41-e2-82-ac-|
 * ```
 *
 * Emits once for each value. Completes and errors with the source.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { encodeText } from 'rxjs-http-streams';
 *
 * of('€').pipe(encodeText()).subscribe(console.log); // Uint8Array [ 226, 130, 172 ]
 * ```
 *
 * @see {@link decodeText} decodes bytes to text.
 */
export function encodeText(): OperatorFunction<string | Uint8Array, Bytes> {
  return map((chunk) => (typeof chunk === 'string' ? encodeUtf8(chunk) : (chunk as Bytes)));
}
