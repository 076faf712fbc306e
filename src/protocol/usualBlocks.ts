import { SHORT, apart } from './apart';
import type { Sink } from './decoder';
import { LONGEST_PIECE } from './inPieces';
import { COLON, isData, isEvent, isId, valueAt } from './sseFields';
import type { SseMessage } from './sseMessage';
import type { SseState } from './sseState';
import { TERMINAL } from './sseTerminal';

const LF = 0x0a;
const CR = 0x0d;

/** Whether a line is a comment that does not tell how the source ends. Most comments are heartbeats. */
export const isHeartbeat = (text: string, start: number, end: number): boolean =>
  text.charCodeAt(start) === COLON && end - start !== TERMINAL.length;

/**
 * Reads the blocks of a text that are written as most servers write them, up to one that is not, or not whole. Returns
 * the place of this block. Usual blocks have IDs and types before their data, or are comments or blank lines, and all
 * their lines have the same line break.
 *
 * This is a shortcut of `sseDecoder`. It leaves out the checks that short messages spend most of their time on, and it
 * is not one of the decoder's closures, because V8 throws away the optimised code of closures when it collects garbage
 * between two streams. It never looks beyond the end of the text, because `charCodeAt` is slow in V8 once it has.
 *
 * @param text - Text whose lines are not too long.
 * @param from - A place where a block begins.
 * @param firstLf - The next line feed, or -1. If it ends no CRLF, the text has no carriage return after this place.
 * @param skipsComments - Whether nobody reads the comments.
 */
export function readUsualBlocks(
  text: string,
  from: number,
  firstLf: number,
  sink: Sink<SseMessage>,
  state: SseState,
  skipsComments: boolean,
): number {
  const { length } = text;
  /** Number of carriage returns before each line feed. */
  const before = firstLf > from && text.charCodeAt(firstLf - 1) === CR ? 1 : 0;
  /** The last place where the line feed of a line can be, if a blank line follows. */
  const last = length - 2 - before;
  // Messages that are close together share their text, because copying a message costs about as much as reading it. A
  // message far from the others is copied, because it would keep all of the text around it.
  const near = length > LONGEST_PIECE ? -1 : SHORT;
  let emitted = length > SHORT ? from + ~SHORT : from;
  let { lastEventId } = state;
  // A search through each ID would take longer than one search through the text. Blocks with IDs in a long text are
  // left, because their number would multiply the searches through it.
  let hasNul: boolean | undefined = length > LONGEST_PIECE || undefined;
  let start = from;
  let lf = firstLf;
  while (isEnd(text, start, lf, before) && !sink.closed) {
    let type = 'message';
    let id: string | undefined;
    let line = start;
    while (!isData(text, line)) {
      const end = lf - before;
      if (isId(text, line) && !(hasNul ??= text.includes('\0', line)))
        id = text.slice(valueAt(text, line + 3), end);
      else if (isEvent(text, line)) type = text.slice(valueAt(text, line + 6), end) || 'message';
      else if (line === start && (line === end || (skipsComments && isHeartbeat(text, line, end)))) {
        // A blank line after a comment needs no search.
        if (before === 0 && lf <= last && text.charCodeAt(lf + 1) === LF) lf++;
        start = lf + 1;
      } else return start;
      line = lf + 1;
      lf = text.indexOf('\n', line);
      if (!isEnd(text, line, lf, before)) return start;
    }
    let data = text.slice(valueAt(text, line + 5), lf - before);
    while (lf <= last && text.charCodeAt(lf + 1 + before) !== LF) {
      line = lf + 1;
      lf = text.indexOf('\n', line);
      if (!isEnd(text, line, lf, before) || !isData(text, line)) return start;
      data += `\n${text.slice(valueAt(text, line + 5), lf - before)}`;
    }
    if (lf > last || (before === 1 && text.charCodeAt(lf + 1) !== CR)) return start;
    const isFar = start - emitted > near;
    emitted = start = lf + 2 + before;
    lf = text.indexOf('\n', start);
    // It is near the next message as well, unless comments follow.
    if (isFar && !(lf > start && lf - start < near && text.charCodeAt(start) > COLON)) {
      data = apart(data, length);
      type = apart(type, length);
      id &&= apart(id, length);
    }
    if (id !== undefined) state.lastEventId = lastEventId = id;
    state.delivered = true;
    sink.next({ type, data, id: lastEventId });
  }
  return start;
}

/** Whether a line ends in the expected line break, whose line feed is the first one after its beginning. */
const isEnd = (text: string, line: number, lf: number, before: number): boolean =>
  lf !== -1 && (before === 0 || text.indexOf('\r', line) === lf - 1);
