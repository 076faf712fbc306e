import { StreamLimitError, StreamParseError, StreamServerError, StreamTruncatedError, flat } from '../errors';
import { apart } from './apart';
import { GrowingText } from './growingText';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder, Sink } from './decoder';
import { isData, valueAt } from './sseFields';
import type { SseMessage } from './sseMessage';
import type { SseState } from './sseState';
import { TERMINAL } from './sseTerminal';
import { isHeartbeat, readUsualBlocks } from './usualBlocks';

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

/** Returns the number of line breaks in a text. */
const lineBreaks = (text: string): number => text.match(/\r\n?|\n/g)?.length ?? 0;

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
  /** Lines of the body that were read. They are counted where an error may tell the place of a line. */
  let lineNumber = 0;
  /** The place in the body where the next line begins. */
  let offset = 0;

  const check = (length: number): void => {
    if (length > maxMessageLength) {
      throw new StreamLimitError({ option: 'maxMessageLength', limit: maxMessageLength, size: length });
    }
  };

  /**
   * Ends the block, and emits its message if it has data.
   *
   * @param length - The length of a text that the message would keep in memory.
   */
  const dispatch = (length: number): void => {
    state.lastEventId = id = apart(id, length);
    if (!data.isEmpty) {
      state.delivered = true;
      const value = apart(data.take().slice(0, -1), length);
      sink.next({ type: apart(type, length) || 'message', data: value, id });
    }
    type = '';
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
   * @param before - The part of the text before the line.
   */
  const ignore = (line: string, before = ''): void => {
    if (onIgnored === 'error') {
      throw new StreamParseError({
        line,
        lineNumber: lineNumber + lineBreaks(before) + 1,
        offset: offset + before.length,
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

  /**
   * Reads any line but a blank one.
   *
   * @param before - The part of the text before the line.
   */
  const readLine = (line: string, before: string): void => {
    // No array and no pattern, because a hostile server sends such lines by the million.
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    // `valueAt` would look beyond the end of a line without a value, and would be slow from then on.
    const value = colon === -1 ? '' : line.slice(colon + (line.startsWith(' ', colon + 1) ? 2 : 1));
    if (name === '') readComment(line);
    else if (name === 'data') append(`${value}\n`);
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) state.retry = Number(value);
    else if (FIELDS.includes(name)) show(line);
    else ignore(line, before);
  };

  /**
   * Reads the whole lines of a text, and returns the unfinished rest.
   *
   * @param from - The place where the first line begins. Each look into a text whose beginning was sliced off instead
   *   would take longer.
   */
  const readLines = (text: string, from = 0): string => {
    let start = from;
    /** Whether a block begins at `start`. */
    let isBetween = type === '' && id === state.lastEventId && data.isEmpty;
    // Each is searched again only when the reading has passed it. Otherwise a text with one kind of line break would be
    // searched to its end for the other kind with every line.
    let lf = text.indexOf('\n', from);
    let cr = text.indexOf('\r', from);
    for (;;) {
      if (isBetween && text.length <= maxMessageLength && (cr === -1 || cr === lf - 1)) {
        start = readUsualBlocks(text, start, lf, sink, state, !announced && !onIgnored);
        id = state.lastEventId;
        const isOver = start === text.length;
        if (lf !== -1 && lf < start) lf = isOver ? -1 : text.indexOf('\n', start);
        if (cr !== -1 && cr < start) cr = isOver ? -1 : text.indexOf('\r', start);
      }
      let end = lf;
      let next = lf + 1;
      if (cr !== -1 && (lf === -1 || cr < lf)) {
        next = cr + 1 === lf ? lf + 1 : cr + 1;
        end = cr;
        cr = text.indexOf('\r', next);
      }
      if (end === -1 || sink.closed) {
        if (onIgnored === 'error') lineNumber += lineBreaks(text.slice(from, start));
        offset += start - from;
        return text.slice(start);
      }
      check(end - start - FIELD);
      isBetween = start === end;
      if (isBetween) dispatch(text.length);
      else if (end === lf && isData(text, start)) {
        // A shortcut for data, whose line feed is cut out together with it.
        append(text.slice(valueAt(text, start + 5), next));
        // Most comments are heartbeats, which are not worth a slice.
      } else if (announced || onIgnored || !isHeartbeat(text, start, end)) {
        readLine(text.slice(start, end), text.slice(from, start));
      }
      start = next;
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
      if (cut < text.length && text.charCodeAt(cut) === LF) cut++;
      pending.append(text.slice(start, cut));
      readLines(pending.take());
      start = cut;
    }
    const rest = readLines(text, start);
    if (rest !== '') {
      pending.append(rest);
      check(rest.length - FIELD);
      pending.settle(text.length);
    }
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
        dispatch(0);
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
