import { filter, map, pipe } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { JSON_TEXTS } from '../options/table';
import { parseJsonLine } from '../protocol/ndjson';
import { heldBack } from './heldBack';
import { validate } from './validate';
import type { StandardSchema } from './validate';

/** Options of {@link parseJson}. */
export interface ParseJsonConfig<T> {
  /** What each value has to be, as in `parseNdjson`. Without one the values are taken at their word. */
  schema?: StandardSchema<T> | undefined;
}

/**
 * Parses each string as one JSON value: lines of NDJSON, or the `data` of messages. Blank strings are skipped.
 *
 * ```
 * lines:  --1-----{"a":2}--|
 *         parseJson()
 * values: --1-----{a:2}----|
 * ```
 *
 * Completes with the source. Errors with the source, with `StreamParseError` (its `lineNumber` counts the
 * strings from 1, its `offset` is 0) or with `StreamValidationError` (`schema`).
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
  const { schema } = config;
  const parse = pipe(
    map((text: string, index) => parseJsonLine(text, index + 1, 0, true)),
    // Nothing but a blank string has no value.
    filter((value) => value !== undefined),
  );
  return schema
    ? (source) =>
        heldBack(
          () => source.pipe(parse),
          (value) => validate(schema, value),
          1,
        )
    : (parse as OperatorFunction<string, T>);
}
