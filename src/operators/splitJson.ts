import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SPLIT_JSON } from '../options/table';
import { jsonValueDecoder } from '../protocol/jsonValueDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link splitJson}. */
export interface SplitJsonConfig {
  /**
   * Whether the text is one array, of which each element is a value: `[{"a":1},{"a":2}]` is emitted as two texts. What is
   * not an array, and what follows it, is a `StreamParseError`; an array that is not closed is a `StreamTruncatedError`.
   *
   * @defaultValue `false`
   */
  elements?: boolean | undefined;
  /**
   * The longest value that is waited for, in UTF-16 code units, `Infinity` for no limit; over it the stream errors with a
   * `StreamLimitError`.
   *
   * @defaultValue 16 Mi
   */
  maxValueLength?: number | undefined;
}

/**
 * Splits text into the texts of whole JSON values, however it was cut into chunks and whatever separates the values:
 * nothing, white space, line breaks, or the record separators of JSON text sequences (RFC 7464).
 *
 * Values may be printed over many lines. It stands between `decodeText` and `parseJson`: it does not parse, so that
 * `parseJson` says what is wrong within a value. Two values need something between them only where both are numbers or
 * literals: `1"a"[2]` is three values, `truefalse` is one, which `parseJson` refuses. A number or literal is complete at
 * what follows it, or at the end of the source if it is JSON by itself. Byte order marks between values are dropped; a comma between them is an
 * error.
 *
 * ```
 * text:  --{"a":--1}[2,--3] 4--|
 *        splitJson()
 * texts: ---------x-------y----(z|)     x = {"a":1}, y = [2,3], z = 4
 *
 * text:  --[{"a":--1},2--,3]--|
 *        splitJson({ elements: true })
 * texts: ---------x------yz---|         x = {"a":1}, y = 2, z = 3
 * ```
 *
 * Completes with the source. Errors with the source, or, after the values before it, with
 *
 * - `StreamTruncatedError`: the source completed within a value, or before the end of the array; or a record separator came
 *   within a value, or right after a number or literal, which may be half of one (RFC 7464 §2.4). Its `pending` is the text
 *   of the unfinished value;
 * - `StreamParseError`: a bracket that does not match, or a character that no value begins with. Its `offset` and
 *   `excerpt` begin at this character, its `lineNumber` is the line of it;
 * - `StreamLimitError`: a value is longer than `maxValueLength`.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * The elements of an array, as they arrive:
 * ```ts
 * import { fromChunkedFetch, parseJson, splitJson } from 'rxjs-http-streams';
 *
 * fromChunkedFetch('https://example.com/rows.json')
 *   .pipe(splitJson({ elements: true }), parseJson<{ id: number }>())
 *   .subscribe((row) => console.log(row.id));
 * ```
 *
 * @example
 * Values one after another:
 * ```ts
 * import { of } from 'rxjs';
 * import { parseJson, splitJson } from 'rxjs-http-streams';
 *
 * of('{"a":1}{"a"', ':2}\n[\n  3\n]').pipe(splitJson(), parseJson()).subscribe(console.log); // { a: 1 }, { a: 2 }, [3]
 * ```
 *
 * @see {@link splitLines} for values of one line each.
 */
export function splitJson(config: SplitJsonConfig = {}): OperatorFunction<string, string> {
  checkOptions('config', config, SPLIT_JSON);
  const { elements, maxValueLength } = config;
  return decodeWith((sink) => jsonValueDecoder(sink, elements, maxValueLength));
}
