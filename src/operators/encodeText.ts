import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Bytes } from '../protocol/bytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/**
 * Encodes text as UTF-8 (WHATWG Encoding §6). Bytes pass as they are, so that what is encoded once can be shared.
 *
 * ```
 * text:  --A--€--------|
 *        encodeText()
 * bytes: --41-e2-82-ac-|
 * ```
 *
 * Emits once for each value, completes and errors with the source.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { encodeText } from 'rxjs-http-streams';
 *
 * of('€').pipe(encodeText()).subscribe(console.log); // Uint8Array [ 226, 130, 172 ]
 * ```
 */
export function encodeText(): OperatorFunction<string | Uint8Array, Bytes> {
  return map((chunk) => (typeof chunk === 'string' ? encodeUtf8(chunk) : (chunk as Bytes)));
}
