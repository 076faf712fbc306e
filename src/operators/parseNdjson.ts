import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { HELD, NDJSON } from '../options/operators';
import type { JsonLine } from '../protocol/jsonLine';
import { decodeWith } from '../flow/decodeWith';
import { heldBack } from '../flow/heldBack';
import type { Held, HeldConfig } from '../flow/heldConfig';
import { ndjsonStages } from './ndjsonStages';
import type { NdjsonConfig } from './ndjsonConfig';

/** Options of {@link parseNdjson}. */
export interface ParseNdjsonConfig<T, B = T> extends NdjsonConfig<T, B>, HeldConfig {}

/**
 * Parses newline-delimited JSON (ndjson, JSON Lines) to one value for each line, wherever the text is cut into chunks.
 *
 * Takes UTF-8 bytes or strings. Blank lines are skipped, one carriage return before a line feed is dropped, `null` is a
 * value, and the last line needs no line feed. Byte order marks at the beginning of any line are dropped, because
 * joined files have them in the middle.
 *
 * ```
 * bytes:  --{"a":1}↵{"a"--:2}↵--|
 *         parseNdjson()
 * values: --{a:1}---------{a:2}--|
 * ```
 *
 * The order is kept, also with an asynchronous schema or `onBadLine`. Completes with the source. Errors with the
 * source, with the error that a schema or an Observable of `onBadLine` gives, or, after the values before it, with
 *
 * - `StreamParseError`: a line is not JSON (see `onBadLine` and `parse`), or not a notification (`terminal`);
 * - `StreamTruncatedError`: the source completed within a value, or without a last notification (`terminal`);
 * - `StreamValidationError`: a value does not fit `schema`;
 * - `StreamServerError`: a notification says that the server failed (`terminal`);
 * - `StreamLimitError`: a line is longer than `maxLineLength`;
 * - `StreamOverflowError`: more text is buffered for an asynchronous schema than `maxBufferedBytes` allows.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseNdjson } from 'rxjs-http-streams';
 *
 * of('{"a":1}\n{"a"', ':2}\n').pipe(parseNdjson<{ a: number }>()).subscribe(console.log); // { a: 1 }, { a: 2 }
 * ```
 *
 * @see {@link formatNdjson} writes such lines.
 */
export function parseNdjson<T = unknown, B = T>(
  config: ParseNdjsonConfig<T, B> = {},
): OperatorFunction<Uint8Array | string, T | B> {
  checkOptions('config', config, NDJSON);
  checkOptions('config', config, HELD);
  const { decoder, settle } = ndjsonStages(config);
  const held: Held<unknown> = {
    maxBufferedBytes: config.maxBufferedBytes,
    lengthOf: (line) => (line as JsonLine)[0].length,
  };
  return settle
    ? (source) => heldBack(() => source.pipe(decodeWith(decoder)), settle, 1, held)
    : (decodeWith(decoder) as OperatorFunction<Uint8Array | string, T | B>);
}
