import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { LINES } from '../options/operators';
import { inPieces } from '../protocol/inPieces';
import { lineDecoder } from '../protocol/lineDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link splitLines}. */
export interface SplitLinesConfig {
  /**
   * The longest line that is buffered, in UTF-16 code units. A longer line errors with a `StreamLimitError`. `Infinity`
   * sets no limit.
   *
   * @defaultValue 16 Mi
   */
  maxLineLength?: number | undefined;
}

/**
 * Splits text into lines, wherever the text is cut into chunks.
 *
 * A line ends at a line feed, and one carriage return before the line feed is dropped. Blank lines are emitted. Text
 * after the last line feed is emitted as a line when the source completes.
 *
 * ```
 * text:  --ab--c↵d--↵↵--e--|
 *        splitLines()
 * lines: ------abc--(d )---(e|)
 * ```
 *
 * Completes with the source. Errors with the source, or, after the lines before it, with `StreamLimitError` for a line
 * longer than `maxLineLength`.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { splitLines } from 'rxjs-http-streams';
 *
 * of('one\ntw', 'o\n').pipe(splitLines()).subscribe(console.log); // one, two
 * ```
 *
 * @see {@link splitJson} splits text whose values may span many lines.
 */
export function splitLines(config: SplitLinesConfig = {}): OperatorFunction<string, string> {
  checkOptions('config', config, LINES);
  const { maxLineLength } = config;
  return decodeWith((sink) => {
    const { push, end } = lineDecoder(sink, { maxLineLength, areKept: true });
    return {
      push: (text) => {
        inPieces(text, push);
      },
      end,
    };
  });
}
