import { StreamLimitError, StreamParseError, StreamServerError, StreamTruncatedError, flat } from '../errors';
import { apart } from './apart';
import { GrowingText } from './growingText';
import { LONGEST_PIECE } from './inPieces';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder, Sink } from './decoder';
import type { SseMessage } from './sseMessage';
import { TERMINAL } from './sseTerminal';

/** What the decoder of the next connection, and whoever makes that connection, have to know of this one. */
export interface SseState {
  /** As of the last block that was dispatched, not of the last `id:` line: the rest of its block may never come. */
  lastEventId: string;
  /** The server's reconnection time in milliseconds, as it was sent; unset until it sends one. */
  retry?: number | undefined;
  /** Whether a message went out on this connection. */
  delivered?: boolean;
}

/** Reads the event stream of one connection. */
export interface SseDecoder extends Decoder<string> {
  /** Judges what is left of a line where a body has ended cleanly, as `push` judges lines. */
  readonly endLine: () => void;
  /**
   * Ends the stream, or this connection of it, where a body has ended cleanly.
   *
   * @param continues - Whether another connection may follow; then the block that is under way is dropped.
   */
  readonly end: (continues?: boolean) => void;
  readonly state: SseState;
}

export interface SseDecoderConfig {
  readonly maxMessageLength?: number | undefined;
  readonly onIncomplete?: 'dispatch' | 'error' | 'drop' | undefined;
  readonly onIgnored?: 'error' | ((line: string) => void) | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
/** What a line of data begins with does not count as data. */
const FIELD = 'data: '.length;
const FIELDS = ['data', 'event', 'id', 'retry'];
/** Length of the text that a short slice of it may keep in memory, in UTF-16 code units. */
const SHORT = 1024;

// How nearly all lines begin, unrolled: 5 to 20 ns a line less than `startsWith`, a loop, or cutting the name out.

/** Whether `data: ` is at a place in a text. */
const isData = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x64 &&
  text.charCodeAt(at + 1) === 0x61 &&
  text.charCodeAt(at + 2) === 0x74 &&
  text.charCodeAt(at + 3) === 0x61 &&
  text.charCodeAt(at + 4) === COLON &&
  text.charCodeAt(at + 5) === SPACE;

/** Whether `id: ` is at a place in a text. */
const isId = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x69 &&
  text.charCodeAt(at + 1) === 0x64 &&
  text.charCodeAt(at + 2) === COLON &&
  text.charCodeAt(at + 3) === SPACE;

/** Whether `event: ` is at a place in a text. */
const isEvent = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x65 &&
  text.charCodeAt(at + 1) === 0x76 &&
  text.charCodeAt(at + 2) === 0x65 &&
  text.charCodeAt(at + 3) === 0x6e &&
  text.charCodeAt(at + 4) === 0x74 &&
  text.charCodeAt(at + 5) === COLON &&
  text.charCodeAt(at + 6) === SPACE;

/** The end of a line of a text, its line break included; 0 where none ends. */
const lineEnd = (text: string): number => text.indexOf('\n') + 1 || text.indexOf('\r') + 1;

/**
 * The event stream format (WHATWG HTML §9.2.5 and §9.2.6). A message goes out at its blank line, also when
 * that is a carriage return whose line feed may still follow. `onIncomplete` says what becomes of a last block without
 * its blank line, which the standard drops.
 *
 * Whatever is kept from one push to the next is a copy: a slice keeps the whole text in memory that it was cut from.
 */
export function sseDecoder(
  sink: Sink<SseMessage>,
  { maxMessageLength = DEFAULT_MAX_LENGTH, onIncomplete, onIgnored }: SseDecoderConfig = {},
  state: SseState = { lastEventId: '' },
): SseDecoder {
  const pending = new GrowingText();
  let afterCr = false;
  /** The lines of data so far, each with its end. */
  const data = new GrowingText();
  let type = '';
  let id = state.lastEventId;
  let announced = false;
  /** The number of lines of the body that were read, and the place where the next one begins. */
  let lineNumber = 0;
  let offset = 0;

  const check = (length: number): void => {
    if (length > maxMessageLength) {
      throw new StreamLimitError({ option: 'maxMessageLength', limit: maxMessageLength, size: length });
    }
  };

  /** Data of a message that would keep a text of this length in memory, with its type and id. */
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

  /** @param at - Where the line begins in the text that is being read, and how many lines of it came before. */
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

  /** Whether it is an id. */
  const setId = (value: string): boolean => {
    if (value.includes('\0')) return false;
    id = value;
    return true;
  };

  const readField = (line: string, at: number, before: number): void => {
    // Without an array and a pattern: hostile lines come by the million.
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

  /** Reads the whole lines of a text, and gives what is left. */
  const readLines = (text: string): string => {
    let start = 0;
    let lines = 0;
    // Messages that are close together share a text; a copy costs about as much as a message. One by itself would keep
    // the text of all that is around it.
    const near = text.length > LONGEST_PIECE ? -1 : SHORT;
    let emitted = text.length > SHORT ? ~SHORT : 0;
    // Both are looked for again only once they are behind: text that has one kind of end alone would be searched for
    // the other with every line, to its own end.
    let lf = text.indexOf('\n');
    let cr = text.indexOf('\r');
    for (;;) {
      let end = lf;
      let next = lf + 1;
      if (cr !== -1 && (lf === -1 || cr < lf)) {
        next = cr + 1 === lf ? lf + 1 : cr + 1;
        end = cr;
        cr = text.indexOf('\r', next);
      }
      if (end === -1 || sink.closed) {
        lineNumber += lines;
        offset += start;
        return text.slice(start);
      }
      check(end - start - FIELD);
      if (isData(text, start)) {
        const after = text.charCodeAt(next);
        if (data.isEmpty && (after === LF || after === CR)) {
          // All that nearly every message has: what follows is its blank line.
          const value = text.slice(start + FIELD, end);
          emit(start - emitted > near ? alone(value, text.length) : value);
          emitted = next;
          if (after === LF) {
            next++;
            lines++;
          }
        } else {
          // The value and its line feed in one piece, where there is one.
          const line = text.slice(start + FIELD, next);
          append(text.charCodeAt(end) === LF ? line : line.replace(/\r\n?$/, '\n'));
        }
      } else if (start === end) {
        dispatch(start - emitted > near ? text.length : 0);
        emitted = next;
      } else if (isId(text, start)) {
        if (!setId(text.slice(start + 4, end))) show(text.slice(start, end));
      } else if (isEvent(text, start)) type = text.slice(start + 7, end);
      else if (text.charCodeAt(start) === COLON) readComment(text.slice(start, end));
      else readField(text.slice(start, end), start, lines);
      start = next;
      lines++;
      if (lf !== -1 && lf < start) lf = text.indexOf('\n', start);
    }
  };

  const push = (chunk: string): void => {
    if (chunk === '' || sink.closed) return;
    let text = chunk;
    // The line feed after a carriage return that has already ended its line.
    if (afterCr && chunk.charCodeAt(0) === LF) {
      text = chunk.slice(1);
      offset++;
    }
    afterCr = chunk.charCodeAt(chunk.length - 1) === CR;
    if (!pending.isEmpty) {
      const cut = lineEnd(text);
      if (cut === 0) {
        pending.append(text);
        pending.settle(text.length);
        check(pending.length - FIELD);
        return;
      }
      // The line that was cut; the others are read where they are.
      pending.append(text.slice(0, cut));
      readLines(pending.take());
      text = apart(text.slice(cut), text.length);
    }
    pending.append(readLines(text));
    check(pending.length - FIELD);
    pending.settle(text.length);
    data.settle(text.length);
    if (text.length <= SHORT) return;
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
      // Without its last line end a line may have been cut anywhere, in a comment too: more was to come.
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
