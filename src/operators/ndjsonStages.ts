import { EMPTY, catchError, from } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { isStreamParseError, isStreamValidationError } from '../errors';
import type { StreamParseError, StreamValidationError } from '../errors';
import { ndjsonDecoder } from '../protocol/ndjsonDecoder';
import { parseJsonText } from '../protocol/jsonLine';
import type { JsonLine } from '../protocol/jsonLine';
import type { Decoder, Sink } from '../protocol/decoder';
import { takingBytes } from '../protocol/textDecoder';
import type { Settle } from '../flow/heldBack';
import { validate } from '../flow/validate';
import type { StandardSchema } from '../flow/validate';

/** Given by no function: what a union holds beside `T` makes a schema the first to say what `T` is. */
interface Nothing {
  readonly never: never;
}

/**
 * Makes a value of the text of one JSON value. The values have the type `T` where no schema says what they become:
 * beside one it may give anything.
 */
export type JsonParser<T> = ((text: string) => T | Nothing) | ((text: string) => unknown);

/** Options of `parseNdjson` and of `fromNdjsonFetch`. */
export interface NdjsonConfig<T, B = T> {
  /**
   * Checks each value; a value that does not fit errors with a `StreamValidationError`, and the schema's output is
   * emitted. An asynchronous schema is asked about one value at a time.
   *
   * @defaultValue The values are taken at their word.
   */
  schema?: StandardSchema<T> | undefined;
  /**
   * Makes a value of the text of each line instead of `JSON.parse`: for integers over 2^53, dates, or `NaN`. The
   * value goes to `schema` where there is one, else it is emitted, `undefined` too. When it throws, the line is a bad
   * line: a `StreamParseError` with what was thrown as its `cause`, or a `StreamTruncatedError` for a last line
   * without its line feed. Blank lines are not asked about. Under `terminal: 'notification'` it is given the text of
   * the value alone.
   *
   * @defaultValue `JSON.parse`
   */
  parse?: JsonParser<T> | undefined;
  /**
   * Decides about a whole line that is not JSON, or not what `schema` asks for: the stream errors (`'error'`), the
   * line is left out (`'skip'`), or the values of a function take its place. A last line that was cut is an error all
   * the same.
   *
   * @defaultValue `'error'`
   */
  onBadLine?:
    | 'error'
    | 'skip'
    | ((line: string, error: StreamParseError | StreamValidationError) => ObservableInput<B>)
    | undefined;
  /**
   * The longest line that is waited for, in UTF-16 code units, `Infinity` for no limit; over it the stream errors
   * with a `StreamLimitError`.
   *
   * @defaultValue 16 Mi
   */
  maxLineLength?: number | undefined;
  /**
   * `'notification'` where each line is a notification, as `toNdjsonBody` sends them when it is told the same: after
   * lines of `{"kind":"N","value":…}` the stream completes at `{"kind":"C"}`, errors with a `StreamServerError` at
   * `{"kind":"E","error":"…"}`, and without either with a `StreamTruncatedError`. A line that is none of them, or whose
   * error is not a string, is a `StreamParseError`, whatever `onBadLine` says. With `'none'` the clean end of the body
   * is the end.
   *
   * @defaultValue `'none'`
   */
  terminal?: 'none' | 'notification' | undefined;
}

/** NDJSON in one stage or in two. */
export interface NdjsonStages<Row, T> {
  /** From chunks to rows: values, or lines where a line may take longer than this turn. */
  readonly decoder: (sink: Sink<Row>) => Decoder<Uint8Array | string>;
  /** From a row to its values; unset where the rows are the values. */
  readonly settle: Settle<Row, T> | undefined;
}

/** The beginnings of JSON. Asking `JSON.parse` about any other text costs a throw: a hundred times what a line does. */
const canBeJson = /^[\t\n\r ]*["[{\-\dtfn]/;

/**
 * Makes the stages that read NDJSON under a config. Parsing, and leaving bad lines out, is one synchronous stage. A
 * schema may be asynchronous and `onBadLine` may answer with a stream: these lines are settled in a stage of their
 * own, which the caller decides how many may pass at a time.
 */
export function ndjsonStages<T, B>({
  schema,
  onBadLine = 'error',
  parse,
  maxLineLength,
  terminal,
}: NdjsonConfig<T, B>): NdjsonStages<unknown, T | B> {
  const skips = onBadLine === 'skip';

  const recover = (line: string, error: unknown): Observable<B> | undefined => {
    // A line that was cut is not a bad one, and what a schema throws is not about its line.
    if (onBadLine === 'error' || !(isStreamParseError(error) || isStreamValidationError(error))) throw error;
    return skips ? undefined : from(onBadLine(line, error));
  };

  const settle = (
    out: Pick<Sink<T | B>, 'next'>,
    ...[text, lineNumber, offset, terminated]: JsonLine
  ): Observable<T | B> | undefined => {
    if (skips && !parse && terminated && !canBeJson.test(text)) return undefined;
    const take = (value: unknown): void => {
      out.next(value as T);
    };
    try {
      const value = parseJsonText(text, lineNumber, offset, terminated, parse);
      if (!schema) {
        take(value);
        return undefined;
      }
      return validate(schema, value, take)?.pipe(
        catchError((error: unknown) => recover(text, error) ?? EMPTY),
      );
    } catch (error) {
      return recover(text, error);
    }
  };

  const isSynchronous = !schema && typeof onBadLine !== 'function';
  return {
    decoder: (sink) => {
      const lines = ndjsonDecoder(
        sink,
        isSynchronous
          ? (...line) => void settle(sink, ...line)
          : (...line) => {
              sink.next(line);
            },
        maxLineLength,
        terminal === 'notification',
      );
      return takingBytes(lines);
    },
    settle: isSynchronous ? undefined : (line, _index, out) => settle(out, ...(line as JsonLine)),
  };
}
