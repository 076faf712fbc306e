import { noop } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { HELD, JSON_TEXTS } from '../options/operators';
import { isBlank, parseJsonText, withoutMarks } from '../protocol/jsonLine';
import { decodeWith } from '../flow/decodeWith';
import { heldBack } from '../flow/heldBack';
import type { Settle } from '../flow/heldBack';
import type { HeldConfig } from '../flow/heldConfig';
import type { JsonParser } from './ndjsonConfig';
import { validate } from '../flow/validate';
import type { StandardSchema } from '../flow/validate';

/** Options of {@link parseJson}. */
export interface ParseJsonConfig<T> extends HeldConfig {
  /**
   * Validates each value, as in `parseNdjson`.
   *
   * @defaultValue The values are not validated.
   */
  schema?: StandardSchema<T> | undefined;
  /**
   * Parses each string in place of `JSON.parse`, as in `parseNdjson`. An error that it throws is the `cause` of a
   * `StreamParseError`.
   *
   * @defaultValue `JSON.parse`
   */
  parse?: JsonParser<T> | undefined;
}

/**
 * Parses each string as one JSON value: lines of NDJSON, the texts of `splitJson`, or the `data` of messages. Blank
 * strings are skipped, and byte order marks at the beginning of a string are dropped.
 *
 * ```
 * lines:  --1-----{"a":2}--|
 *         parseJson()
 * values: --1-----{a:2}----|
 * ```
 *
 * The order is kept, also with an asynchronous schema: the later strings are buffered unparsed. Completes with the
 * source. Errors with the source, with the error that a schema throws, or, after the values before it, with
 *
 * - `StreamParseError`: a string is not JSON. `lineNumber` counts the strings from 1, and `offset` is 0;
 * - `StreamValidationError`: a value does not fit `schema`;
 * - `StreamOverflowError`: more text is buffered for an asynchronous schema than `maxBufferedBytes` allows.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseJson, splitLines } from 'rxjs-http-streams';
 *
 * of('{"a":1}\n').pipe(splitLines(), parseJson<{ a: number }>()).subscribe(console.log); // { a: 1 }
 * ```
 */
export function parseJson<T = unknown>(config: ParseJsonConfig<T> = {}): OperatorFunction<string, T> {
  checkOptions('config', config, JSON_TEXTS);
  checkOptions('config', config, HELD);
  const { schema, parse, maxBufferedBytes } = config;
  const settle: Settle<string, T> = (string, index, out) => {
    const text = withoutMarks(string);
    if (isBlank(text)) return undefined;
    const take = (value: unknown): void => {
      out.next(value as T);
    };
    const value = parseJsonText(text, index + 1, 0, true, parse);
    if (schema) return validate(schema, value, take);
    take(value);
    return undefined;
  };
  if (schema) {
    return (source) =>
      heldBack(() => source, settle, 1, { maxBufferedBytes, lengthOf: ({ length }) => length });
  }
  return decodeWith((sink) => {
    let index = 0;
    return { push: (text) => void settle(text, index++, sink), end: noop };
  });
}
