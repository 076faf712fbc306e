import { StreamLimitError, StreamParseError, StreamServerError, StreamTruncatedError, flat } from '../errors';
import { SHORT, apart } from './apart';
import { GrowingText } from './growingText';
import { LONGEST_PIECE } from './inPieces';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder, Sink } from './decoder';
import { COLON, SPACE, isData, isEvent, isId } from './sseFields';
import type { SseMessage } from './sseMessage';
import { TERMINAL } from './sseTerminal';

/** The state of a connection that the next connection and its decoder go on with. */
export interface SseState {
  /**
   * The ID of the last dispatched block. A later `id` field does not count yet: the rest of its block may never come.
   */
  lastEventId: string;
  /** The reconnection time that the server has sent, in milliseconds. */
  retry?: number | undefined;
  /** Whether this connection has delivered a message. */
  delivered?: boolean;
}

/** A decoder of the event stream of one connection. */
export interface SseDecoder extends Decoder<string> {
  /** Applies `onIgnored` to an unfinished line at the clean end of a body. Call it before `end`. */
  readonly endLine: () => void;
  /**
   * Reads the clean end of a body.
   *
   * @param continues - Whether another connection may follow. The unfinished block is then dropped, because the server
   *   sends its message again.
   */
  readonly end: (continues?: boolean) => void;
  readonly state: SseState;
}

/** Options of {@link sseDecoder}, as those of `parseSse`. */
export interface SseDecoderConfig {
  readonly maxMessageLength?: number | undefined;
  readonly onIncomplete?: 'dispatch' | 'error' | 'drop' | undefined;
  readonly onIgnored?: 'error' | ((line: string) => void) | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
/** Characters of a line of data that do not count as data. */
const FIELD = 'data: '.length;
const FIELDS = ['data', 'event', 'id', 'retry'];

/** Returns the end of the first line after a place, with its line break, or 0 if no line break follows. */
const lineEnd = (text: string, from: number): number =>
  text.indexOf('\n', from) + 1 || text.indexOf('\r', from) + 1;

/**
 * Reads an event stream (WHATWG HTML §9.2.5 and §9.2.6). A message is emitted at its blank line, also when this line
 * ends in a carriage return whose line feed may follow in the next chunk.
 *
 * Text that is kept from one push to the next is copied out of a long chunk, which would stay in memory with a slice.
 *
 * This file is longer than others because its functions share the state of a block, in ten variables of one closure.
 *
 * @see `sseBlock` writes a message.
 */
export function sseDecoder(
  sink: Sink<SseMessage>,
  { maxMessageLength = DEFAULT_MAX_LENGTH, onIncomplete, onIgnored }: SseDecoderConfig = {},
  state: SseState = { lastEventId: '' },
): SseDecoder {
  const pending = new GrowingText();
  /** Whether the last chunk ended in a carriage return, which has ended its line. */
  let afterCr = false;
  /** The lines of data of the unfinished block, each with a line feed. */
  const data = new GrowingText();
  let type = '';
  let id = state.lastEventId;
  /** Whether the server has announced that it tells how its source ends. */
  let announced = false;
  /** Lines of the body that were read. */
  let lineNumber = 0;
  /** The place in the body where the next line begins. */
  let offset = 0;

  const check = (length: number): void => {
    if (length > maxMessageLength) {
      throw new StreamLimitError({ option: 'maxMessageLength', limit: maxMessageLength, size: length });
    }
  };

  /** Copies the data, type and ID of a message that would keep a text of this length in memory. */
  const alone = (value: string, length: number): string => {
    type = apart(type, length);
    id = apart(id, length);
    return apart(value, length);
  };

  const dispatch = (length = 0): void => {
    state.lastEventId = id;
    if (!data.isEmpty) emit(alone(data.take().slice(0, -1), length));
    type = '';
  };

  const emit = (value: string): void => {
    const message = { type: type || 'message', data: value, id };
    state.lastEventId = id;
    type = '';
    state.delivered = true;
    sink.next(message);
  };

  const append = (line: string): void => {
    data.append(line);
    check(data.length - 1);
  };

  const show = (line: string): void => {
    if (typeof onIgnored === 'function') onIgnored(flat(line));
  };

  /**
   * Applies `onIgnored` to a line that is neither a field nor a comment.
   *
   * @param at - The place where the line begins in the text that is being read.
   * @param before - Lines of this text before the line.
   */
  const ignore = (line: string, at = 0, before = 0): void => {
    if (onIgnored === 'error') {
      throw new StreamParseError({
        line,
        lineNumber: lineNumber + before + 1,
        offset: offset + at,
        expected: 'a field',
      });
    }
    show(line);
  };

  const readComment = (line: string): void => {
    if (line === TERMINAL) announced = true;
    else if (announced && line === `${TERMINAL} end`) {
      announced = false;
      sink.complete();
    } else if (announced && line.startsWith(`${TERMINAL} error `)) {
      throw new StreamServerError({ reason: line.slice(TERMINAL.length + 7) });
    } else show(line);
  };

  /** Sets the ID unless it has a NUL, and returns whether it did. */
  const setId = (value: string): boolean => {
    if (value.includes('\0')) return false;
    id = value;
    return true;
  };

  const readField = (line: string, at: number, before: number): void => {
    // No array and no pattern, because a hostile server sends such lines by the million.
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line.charCodeAt(colon + 1) === SPACE ? 2 : 1));
    if (name === 'data') append(`${value}\n`);
    else if (name === 'event') type = value;
    else if (name === 'id') {
      if (!setId(value)) show(line);
    } else if (name === 'retry') {
      if (/^\d+$/.test(value)) state.retry = Number(value);
      else show(line);
    } else ignore(line, at, before);
  };

  /**
   * Reads the whole lines of a text, and returns the unfinished rest.
   *
   * @param from - The place where the first line begins. Each look into a text whose beginning was sliced off instead
   *   would take longer.
   */
  const readLines = (text: string, from = 0): string => {
    let start = from;
    let lines = 0;
    // Messages that are close together share their text, because copying a message costs about as much as reading it. A
    // message far from the others is copied, because it would keep all of the text around it.
    const near = text.length > LONGEST_PIECE ? -1 : SHORT;
    // The shortcut below takes the first message of a short text as well, unless the text begins within a block.
    const isWithin = text.length > SHORT || type || id !== state.lastEventId || !data.isEmpty;
    let emitted = isWithin ? from + ~SHORT : from;
    // In such a text no line is too long, and messages that follow each other share their text.
    const mayRun = text.length <= Math.min(LONGEST_PIECE, maxMessageLength);
    // Each is searched again only when the reading has passed it. Otherwise a text with one kind of line break would be
    // searched to its end for the other kind with every line.
    let lf = text.indexOf('\n', from);
    let cr = text.indexOf('\r', from);
    for (;;) {
      // A shortcut for messages of one line that follow each other: it leaves out the checks that short messages spend
      // most of their time on.
      if (start === emitted && mayRun && cr === -1) {
        while (lf !== -1 && text.charCodeAt(lf + 1) === LF && isData(text, start) && !sink.closed) {
          const value = text.slice(start + FIELD, lf);
          start = lf + 2;
          lines += 2;
          lf = text.indexOf('\n', start);
          state.delivered = true;
          sink.next({ type: 'message', data: value, id });
        }
        emitted = start;
      }
      let end = lf;
      let next = lf + 1;
      if (cr !== -1 && (lf === -1 || cr < lf)) {
        next = cr + 1 === lf ? lf + 1 : cr + 1;
        end = cr;
        cr = text.indexOf('\r', next);
      }
      if (end === -1 || sink.closed) {
        lineNumber += lines;
        offset += start - from;
        return text.slice(start);
      }
      check(end - start - FIELD);
      if (isData(text, start)) {
        const after = text.charCodeAt(next);
        if (data.isEmpty && (after === LF || after === CR)) {
          // A shortcut for most messages: one line of data and a blank line.
          const value = text.slice(start + FIELD, end);
          emit(start - emitted > near ? alone(value, text.length) : value);
          if (after === LF) {
            next++;
            lines++;
          } else if (text.charCodeAt(next + 1) === LF) {
            // The same for a blank line that ends in CRLF.
            next += 2;
            lines++;
            cr = text.indexOf('\r', next);
          }
          emitted = next;
        } else {
          // Cuts out the value and its line feed in one piece.
          const line = text.slice(start + FIELD, next);
          append(text.charCodeAt(end) === LF ? line : line.replace(/\r\n?$/, '\n'));
        }
      } else if (start === end) {
        dispatch(start - emitted > near ? text.length : 0);
        emitted = next;
      } else if (isId(text, start)) {
        if (!setId(text.slice(start + 4, end))) show(text.slice(start, end));
      } else if (isEvent(text, start)) type = text.slice(start + 7, end);
      else if (text.charCodeAt(start) === COLON) {
        // Most comments are heartbeats, which are not worth a slice.
        if (announced || onIgnored || end - start === TERMINAL.length) readComment(text.slice(start, end));
      } else readField(text.slice(start, end), start - from, lines);
      start = next;
      lines++;
      if (lf !== -1 && lf < start) lf = text.indexOf('\n', start);
    }
  };

  const push = (text: string): void => {
    if (text === '' || sink.closed) return;
    let start = 0;
    // Skips the line feed of a CRLF that was cut: the carriage return has already ended the line.
    if (afterCr && text.charCodeAt(0) === LF) {
      start = 1;
      offset++;
    }
    afterCr = text.charCodeAt(text.length - 1) === CR;
    if (!pending.isEmpty) {
      let cut = lineEnd(text, start);
      if (cut === 0) {
        pending.append(text.slice(start));
        pending.settle(text.length);
        check(pending.length - FIELD);
        return;
      }
      // Joins the line that was cut with its rest and a blank line after it. The other lines are read in place.
      if (text.charCodeAt(cut) === LF) cut++;
      pending.append(text.slice(start, cut));
      readLines(pending.take());
      start = cut;
    }
    pending.append(readLines(text, start));
    check(pending.length - FIELD);
    pending.settle(text.length);
    data.settle(text.length);
    type = apart(type, text.length);
    id = apart(id, text.length);
    state.lastEventId = state.lastEventId === id ? id : apart(state.lastEventId, text.length);
  };

  const endLine = (): void => {
    if (!onIgnored || announced || sink.closed) return;
    const rest = pending.take();
    pending.append(rest);
    const [name = ''] = rest.split(':', 1);
    const mayBe = (field: string): boolean => (name === rest ? field.startsWith(name) : field === name);
    if (name !== '' && !FIELDS.some(mayBe)) ignore(rest);
  };

  return {
    push,
    endLine,
    end(continues = false) {
      if (announced) throw new StreamTruncatedError({ missing: 'the end that it announced' });
      if (continues || onIncomplete === 'drop' || sink.closed) return;
      // An unfinished line, also of a comment, shows that more was to come, so it is not dispatched by default.
      if (pending.isEmpty && onIncomplete !== 'error') {
        dispatch();
        return;
      }
      const block =
        (type && `event: ${type}\n`) +
        (id === state.lastEventId ? '' : `id: ${id}\n`) +
        data.take().replace(/[^\n]*\n/g, 'data: $&') +
        pending.take();
      if (block !== '') {
        throw new StreamTruncatedError({ missing: 'the rest of its last message', pending: block });
      }
    },
    state,
  };
}
