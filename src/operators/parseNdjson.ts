import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { HELD, NDJSON } from '../options/table';
import { decodeWith } from './decodeWith';
import { heldBack } from './heldBack';
import { ndjsonStages } from './ndjsonStages';
import type { NdjsonConfig } from './ndjsonStages';

/**
 * Parses newline-delimited JSON (ndjson, JSON Lines): one value a line, however the text was cut into chunks.
 *
 * Takes UTF-8 bytes or strings. Blank lines are skipped, one carriage return before a line feed and one byte
 * order mark at the start are dropped, `null` is a value, and the last line needs no line feed.
 *
 * ```
 * bytes:  --{"a":1}↵{"a"--:2}↵--|
 *         parseNdjson()
 * values: --{a:1}---------{a:2}--|
 * ```
 *
 * Completes with the source. Errors with the source, or, after the values before it, with
 * `StreamParseError` (a line that is not JSON; see `onBadLine`), `StreamTruncatedError` (the source completed
 * within a value), `StreamValidationError` (`schema`) or `StreamLimitError` (`maxLineLength`).
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseNdjson } from 'rxjs-http-streams';
 *
 * of('{"a":1}\n{"a"', ':2}\n').pipe(parseNdjson<{ a: number }>()).subscribe(console.log); // { a: 1 }, { a: 2 }
 * ```
 */
export function parseNdjson<T = unknown>(
  config: NdjsonConfig<T> = {},
): OperatorFunction<Uint8Array | string, T> {
  checkOptions('config', config, { ...NDJSON, ...HELD });
  const { decoder, settle } = ndjsonStages(config);
  return settle
    ? (source) => heldBack(() => source.pipe(decodeWith(decoder)), settle, 1)
    : (decodeWith(decoder) as OperatorFunction<Uint8Array | string, T>);
}
