import { EMPTY, catchError, defer, of } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { isHttpStreamError, isStreamTruncatedError } from '../errors';
import type { StreamParseError, StreamValidationError } from '../errors';
import { isBlank, ndjsonDecoder, parseJsonLine } from '../protocol/ndjson';
import type { JsonLine } from '../protocol/ndjson';
import type { Decoder, Sink } from '../protocol/sink';
import { textDecoder } from '../protocol/text';
import { validate } from './validate';
import type { StandardSchema } from './validate';

/** Options of {@link parseNdjson} and of `fromNdjsonFetch`. */
export interface NdjsonConfig<T> {
  /**
   * What each value has to be; a value that is not errors with a `StreamValidationError`, and its output is
   * what is emitted. Without one the values are taken at their word.
   */
  schema?: StandardSchema<T> | undefined;
  /**
   * What becomes of a whole line that is not JSON, or not what `schema` asks for: `'error'` (if omitted),
   * `'skip'`, or a function whose values take its place. A last line that was cut is an error all the same.
   */
  onBadLine?:
    | 'error'
    | 'skip'
    | ((line: string, error: StreamParseError | StreamValidationError) => ObservableInput<T>)
    | undefined;
  /**
   * The longest line that is waited for, in UTF-16 code units; over it the stream errors with a
   * `StreamLimitError`. 16 Mi if omitted, `Infinity` for none.
   */
  maxLineLength?: number | undefined;
  /**
   * `'notification'` where each line is a notification, as `toNdjsonBody` sends them when it is told the same: after
   * lines of `{"kind":"N","value":…}` the stream completes at `{"kind":"C"}`, errors with a `StreamServerError` at
   * `{"kind":"E","error":"…"}`, and without either with a `StreamTruncatedError`. A line that is none of them is a
   * `StreamParseError`, whatever `onBadLine` says. `'none'` if omitted: the clean end of the body is the end.
   */
  terminal?: 'none' | 'notification' | undefined;
}

/** NDJSON in one stage or in two. */
export interface NdjsonStages<Row, T> {
  /** From chunks to rows: values, or lines where a line takes more than parsing. */
  readonly decoder: (sink: Sink<Row>) => Decoder<Uint8Array | string>;
  /** From a row to its values, in its own time; unset where the rows are the values. */
  readonly settle: ((row: Row) => Observable<T>) | undefined;
}

/**
 * How NDJSON is read under a config. Plain parsing is one synchronous stage. A schema may be asynchronous and
 * `onBadLine` may answer with a stream: these lines are settled in a stage of their own, which the caller
 * decides how many may pass at a time.
 */
export function ndjsonStages<T>({
  schema,
  onBadLine = 'error',
  maxLineLength,
  terminal,
}: NdjsonConfig<T>): NdjsonStages<unknown, T> {
  const plain = !schema && onBadLine === 'error';

  const settle = (line: JsonLine): Observable<T> =>
    defer(() => {
      const value = parseJsonLine(...line);
      return schema ? validate(schema, value) : of(value as T);
    }).pipe(
      catchError((error: unknown) => {
        if (onBadLine === 'error' || !isBad(error)) throw error;
        return onBadLine === 'skip' ? EMPTY : onBadLine(line[0], error);
      }),
    );

  return {
    decoder: (sink) => {
      const decode = textDecoder();
      const lines = ndjsonDecoder(
        sink,
        plain ? parseJsonLine : asLine,
        maxLineLength,
        terminal === 'notification',
      );
      return {
        push: (chunk) => {
          lines.push(decode(chunk));
        },
        end: () => {
          lines.push(decode());
          lines.end();
        },
      };
    },
    settle: plain ? undefined : (settle as (row: unknown) => Observable<T>),
  };
}

/** A line that was cut is not a bad one. */
const isBad = (error: unknown): error is StreamParseError | StreamValidationError =>
  isHttpStreamError(error) && !isStreamTruncatedError(error);

const asLine = (...line: JsonLine): JsonLine | undefined => (isBlank(line[0]) ? undefined : line);
