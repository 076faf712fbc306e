import { EMPTY, catchError, from } from 'rxjs';
import type { Observable } from 'rxjs';
import { isStreamParseError, isStreamValidationError } from '../errors';
import { ndjsonDecoder } from '../protocol/ndjsonDecoder';
import { parseJsonText } from '../protocol/jsonLine';
import type { JsonLine } from '../protocol/jsonLine';
import type { Decoder, Sink } from '../protocol/decoder';
import { takingBytes } from '../protocol/textDecoder';
import type { Settle } from '../flow/heldBack';
import { validate } from '../flow/validate';
import type { NdjsonConfig } from './ndjsonConfig';

/** The stages of reading NDJSON: a decoder, and a second stage if the values of a line may arrive later. */
export interface NdjsonStages<Row, T> {
  /** Makes the decoder from chunks to rows. A row is a value, or a line if there is a second stage. */
  readonly decoder: (sink: Sink<Row>) => Decoder<Uint8Array | string>;
  /** The second stage, from a line to its values. It is `undefined` if the rows are the values. */
  readonly settle: Settle<Row, T> | undefined;
}

/**
 * Matches the beginning of JSON. `JSON.parse` throws for any other text, which takes a hundred times as long as a line.
 */
const canBeJson = /^[\t\n\r ]*["[{\-\dtfn]/;

/**
 * Makes the stages of reading NDJSON. One synchronous stage parses the lines and skips bad ones. A second stage is
 * needed if the values of a line may arrive later: from a schema, which may be asynchronous, or from an Observable of
 * `onBadLine`. The caller decides how many lines are in the second stage at a time.
 */
export function ndjsonStages<T, B>({
  schema,
  onBadLine = 'error',
  parse,
  maxLineLength,
  terminal,
}: NdjsonConfig<T, B>): NdjsonStages<unknown, T | B> {
  const skips = onBadLine === 'skip';
  const notifications = terminal === 'notification';

  const recover = (line: string, error: unknown): Observable<B> | undefined => {
    // A cut line is not a bad line, and an error that a schema throws is not about the line.
    if (onBadLine === 'error' || !(isStreamParseError(error) || isStreamValidationError(error))) throw error;
    return skips ? undefined : from(onBadLine(line, error));
  };

  const settle = (
    out: Pick<Sink<T | B>, 'next'>,
    text: string,
    lineNumber: number,
    offset: number,
    terminated: boolean,
  ): Observable<T | B> | undefined => {
    if (skips && !parse && terminated && !canBeJson.test(text)) return undefined;
    try {
      const value = parseJsonText(text, lineNumber, offset, terminated, parse);
      if (!schema) {
        out.next(value as T);
        return undefined;
      }
      return validate(schema, value, (valid) => {
        out.next(valid);
      })?.pipe(catchError((error: unknown) => recover(text, error) ?? EMPTY));
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
          ? // No rest parameter, because an array a line costs a part of what a short line costs.
            (text, lineNumber, offset, terminated) => {
              void settle(sink, text, lineNumber, offset, terminated);
            }
          : (...line) => {
              sink.next(line);
            },
        { maxLineLength, notifications, parses: isSynchronous && !skips && !parse && !notifications },
      );
      return takingBytes(lines);
    },
    settle: isSynchronous ? undefined : (line, _index, out) => settle(out, ...(line as JsonLine)),
  };
}
