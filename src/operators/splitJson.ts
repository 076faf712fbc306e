import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SPLIT_JSON } from '../options/operators';
import { jsonValueDecoder } from '../protocol/jsonValueDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link splitJson}. */
export interface SplitJsonConfig {
  /**
   * Whether the text is one array, whose elements are the values: `[{"a":1},{"a":2}]` is emitted as two texts. A text
   * that is not an array, or that goes on after the array, is a `StreamParseError`. An array that is not closed is a
   * `StreamTruncatedError`.
   *
   * @defaultValue `false`
   */
  elements?: boolean | undefined;
  /**
   * The longest value that is buffered, in UTF-16 code units. A longer value errors with a `StreamLimitError`.
   * `Infinity` sets no limit.
   *
   * @defaultValue 16 Mi
   */
  maxValueLength?: number | undefined;
}

/**
 * Splits text into the texts of whole JSON values, wherever the text is cut into chunks. Values may be separated by
 * nothing, by white space and line breaks, or by the record separators of JSON text sequences (RFC 7464), and may span
 * many lines.
 *
 * The operator belongs between `decodeText` and `parseJson`. It does not parse: `parseJson` reports an error within a
 * value. Only two numbers or literals need a separator between them: `1"a"[2]` is three values, but `truefalse` is one,
 * which `parseJson` refuses. A number or literal is complete at the next character that cannot belong to it, or at the
 * end of the source if it is JSON by itself. Byte order marks between values are dropped, and a comma between values is
 * an error.
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
 * - `StreamTruncatedError`: the source completed within a value or before the end of the array, or a record separator
 *   follows within a value or right after a number or literal, which may be half of one (RFC 7464 §2.4). `pending` is
 *   the text of the unfinished value;
 * - `StreamParseError`: a bracket does not match, or a character does not begin a value. `offset` and `excerpt` begin
 *   at this character, and `lineNumber` is the number of its line;
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
 * @see {@link splitLines} splits text with one value on each line.
 */
export function splitJson(config: SplitJsonConfig = {}): OperatorFunction<string, string> {
  checkOptions('config', config, SPLIT_JSON);
  const { elements, maxValueLength } = config;
  return decodeWith((sink) => jsonValueDecoder(sink, elements, maxValueLength));
}
