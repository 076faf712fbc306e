import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { TEXT } from '../options/operators';
import { textDecoder, textEmitter } from '../protocol/textDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link decodeText}. */
export interface DecodeTextConfig {
  /**
   * A label of the WHATWG Encoding standard (§4.2), such as `'windows-1252'`.
   *
   * @defaultValue `'utf-8'`, before which `fromChunkedFetch` takes the charset of the content type
   */
  encoding?: string | undefined;
}

/**
 * Decodes bytes to text.
 *
 * Characters that are split over chunks arrive whole, malformed input becomes U+FFFD, and one byte order mark at the
 * start is dropped (WHATWG Encoding §4 and §6). A chunk without a whole character emits nothing.
 *
 * ```
 * bytes: --e2-82-ac-41--|
 *        decodeText()
 * text:  --------€--A---|
 * ```
 *
 * Emits the text of each chunk. Completes with the source, after a U+FFFD for an unfinished character. Errors with the
 * source only. Throws a `TypeError` when it is called with an unknown `encoding`.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { decodeText } from 'rxjs-http-streams';
 *
 * of(Uint8Array.of(0xe2, 0x82), Uint8Array.of(0xac)).pipe(decodeText()).subscribe(console.log); // €
 * ```
 *
 * @see {@link encodeText} encodes text as UTF-8.
 */
export function decodeText(config: DecodeTextConfig = {}): OperatorFunction<Uint8Array, string> {
  checkOptions('config', config, TEXT);
  const { encoding } = config;
  return decodeWith((sink) => textEmitter(sink, textDecoder(encoding)));
}
