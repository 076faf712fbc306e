import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { LINES } from '../options/table';
import { inPieces } from '../protocol/inPieces';
import { lineDecoder } from '../protocol/lineDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link splitLines}. */
export interface SplitLinesConfig {
  /**
   * The longest line that is waited for, in UTF-16 code units; over it the stream errors with a
   * `StreamLimitError`. 16 Mi if omitted, `Infinity` for none.
   */
  maxLineLength?: number | undefined;
}

/**
 * Splits text into lines, however it was cut into chunks.
 *
 * A line ends at a line feed; one carriage return before it goes with it. Blank lines are lines. What follows
 * the last line feed is emitted when the source completes, if there is anything.
 *
 * ```
 * text:  --ab--c↵d--↵↵--e--|
 *        splitLines()
 * lines: ------abc--(d )---(e|)
 * ```
 *
 * Completes with the source; errors with the source, or with `StreamLimitError` on a line over
 * `maxLineLength`, after the lines before it.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { splitLines } from 'rxjs-http-streams';
 *
 * of('one\ntw', 'o\n').pipe(splitLines()).subscribe(console.log); // one, two
 * ```
 */
export function splitLines(config: SplitLinesConfig = {}): OperatorFunction<string, string> {
  checkOptions('config', config, LINES);
  const { maxLineLength } = config;
  return decodeWith((sink) => {
    const { push, end } = lineDecoder(sink, maxLineLength, true);
    return {
      push: (text) => {
        inPieces(text, push);
      },
      end,
    };
  });
}
