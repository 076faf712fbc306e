import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { HELD, NDJSON } from '../options/table';
import type { JsonLine } from '../protocol/jsonLine';
import { decodeWith } from '../flow/decodeWith';
import { heldBack } from '../flow/heldBack';
import type { Held, HeldConfig } from '../flow/heldBack';
import { ndjsonStages } from './ndjsonStages';
import type { NdjsonConfig } from './ndjsonStages';

/** Options of {@link parseNdjson}. */
export interface ParseNdjsonConfig<T, B = T> extends NdjsonConfig<T, B>, HeldConfig {}

/**
 * Parses newline-delimited JSON (ndjson, JSON Lines): one value a line, however the text was cut into chunks.
 *
 * Takes UTF-8 bytes or strings. Blank lines are skipped, one carriage return before a line feed is dropped, `null` is a
 * value, and the last line needs no line feed. Byte order marks at the beginning of any line are dropped: files that are
 * joined bring theirs along.
 *
 * ```
 * bytes:  --{"a":1}↵{"a"--:2}↵--|
 *         parseNdjson()
 * values: --{a:1}---------{a:2}--|
 * ```
 *
 * The order is kept, also where a schema or `onBadLine` is asynchronous. Completes with the source. Errors with the source,
 * with what a schema, or the values of `onBadLine`, error with, or, after the values before it, with
 *
 * - `StreamParseError`: a line is not JSON (see `onBadLine` and `parse`), or not a notification (`terminal`);
 * - `StreamTruncatedError`: the source completed within a value, or without its last notification;
 * - `StreamValidationError`: a value is not what `schema` asks for;
 * - `StreamServerError`: a notification says that the server failed (`terminal`);
 * - `StreamLimitError`: a line is longer than `maxLineLength`;
 * - `StreamOverflowError`: more waits for an asynchronous schema than `maxBufferedBytes`.
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
