import type { ObservableInput } from 'rxjs';
import type { StreamParseError, StreamValidationError } from '../errors';
import type { StandardSchema } from '../flow/validate';

/**
 * A type that no parser returns. Beside it in a union, `T` is inferred from a schema before it is inferred from a
 * parser.
 */
interface Nothing {
  readonly never: never;
}

/**
 * Parses the text of one JSON value. Without a schema the parser determines the type `T` of the values. Beside a schema
 * it may return anything.
 */
export type JsonParser<T> = ((text: string) => T | Nothing) | ((text: string) => unknown);

/** Options of `parseNdjson` and of `fromNdjsonFetch`. */
export interface NdjsonConfig<T, B = T> {
  /**
   * Validates each value, and the schema's output is emitted. A value that does not fit errors with a
   * `StreamValidationError`. An asynchronous schema validates one value at a time.
   *
   * @defaultValue The values are not validated.
   */
  schema?: StandardSchema<T> | undefined;
  /**
   * Parses the text of each line in place of `JSON.parse`: for integers over 2^53, dates, or `NaN`. Blank lines are
   * skipped before. With `terminal: 'notification'` the parser is given the text of the value alone. Its result goes to
   * `schema`, or is emitted without one, `undefined` too.
   *
   * A line is a bad line if the parser throws. The error is then the `cause` of a `StreamParseError`, or of a
   * `StreamTruncatedError` for a last line without its line feed.
   *
   * @defaultValue `JSON.parse`
   */
  parse?: JsonParser<T> | undefined;
  /**
   * Decides about a whole line that is not JSON, or whose value does not fit `schema`:
   *
   * - `'error'` errors with the `StreamParseError` or `StreamValidationError`;
   * - `'skip'` skips the line;
   * - a function returns values that take the place of the line.
   *
   * A last line that was cut always errors.
   *
   * @defaultValue `'error'`
   */
  onBadLine?:
    | 'error'
    | 'skip'
    | ((line: string, error: StreamParseError | StreamValidationError) => ObservableInput<B>)
    | undefined;
  /**
   * The longest line that is buffered, in UTF-16 code units. A longer line errors with a `StreamLimitError`. `Infinity`
   * sets no limit.
   *
   * @defaultValue 16 Mi
   */
  maxLineLength?: number | undefined;
  /**
   * The way in which the server marks the end of its source:
   *
   * - `'none'`: the clean end of the body is the end.
   * - `'notification'`: each line is an RxJS notification, as a `toNdjsonBody` with the same option sends them. Values
   *   are in lines of `{"kind":"N","value":…}`. The stream completes at `{"kind":"C"}`, and errors with a
   *   `StreamServerError` at `{"kind":"E","error":"…"}`. A body that ends without either errors with a
   *   `StreamTruncatedError`. Any other line, and an error that is not a string, is a `StreamParseError`, whatever
   *   `onBadLine` is.
   *
   * @defaultValue `'none'`
   */
  terminal?: 'none' | 'notification' | undefined;
}
