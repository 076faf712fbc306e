import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { TEXT } from '../options/table';
import { textDecoder, textEmitter } from '../protocol/textDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link decodeText}. */
export interface DecodeTextConfig {
  /** A label of the WHATWG Encoding standard (§4.2), such as `'windows-1252'`. UTF-8 if omitted. */
  encoding?: string | undefined;
}

/**
 * Decodes bytes to text.
 *
 * Characters that are split over chunks arrive whole, malformed input becomes U+FFFD, and one byte order mark
 * at the start is dropped (WHATWG Encoding §4 and §6). Chunks that hold no whole character emit nothing.
 *
 * ```
 * bytes: --e2-82-ac-41--|
 *        decodeText()
 * text:  --------€--A---|
 * ```
 *
 * Emits the text of each chunk, completes with the source, after what an unfinished character becomes.
 * Errors with the source only. Throws a `TypeError` when it is called with an unknown `encoding`.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { decodeText } from 'rxjs-http-streams';
 *
 * of(Uint8Array.of(0xe2, 0x82), Uint8Array.of(0xac)).pipe(decodeText()).subscribe(console.log); // €
 * ```
 */
export function decodeText(config: DecodeTextConfig = {}): OperatorFunction<Uint8Array, string> {
  checkOptions('config', config, TEXT);
  const { encoding } = config;
  return decodeWith((sink) => textEmitter(sink, textDecoder(encoding)));
}
