import { quoted } from '../errors';
import { described } from '../options/rules';
import { jsonText } from './jsonText';
import type { SseMessageInit } from './sseMessage';

const lineBreak = /\r\n|\r|\n/;

function checkText(member: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${member}: expected a string, got ${described(value)}`);
}

/**
 * Matches text that would not arrive as it is: it ends the field, makes clients ignore it, or has no bytes in UTF-8.
 */
const NO_FIELD = /[\r\n\0\ud800-\udfff]/u;
/** Matches also text that a `Last-Event-ID` header does not carry back as it is on a reconnection (RFC 9110 §5.5). */
const NO_ID = /[^\t\x20-\x7e\x80-\u{10ffff}]|[\ud800-\udfff]|^[\t ]|[\t ]$/u;

function field(member: string, value: string, refused: RegExp, name = member): string {
  checkText(member, value);
  if (refused.test(value)) {
    throw new TypeError(
      `${member}: expected no line break, control, half a character or, in an id, space around it, got ${described(value)}`,
    );
  }
  return `${name}: ${value}\n`;
}

const MEMBERS = ['data', 'type', 'id', 'retry', 'comment'];

/** Throws a `TypeError` for a value that is not a message: clients would receive nothing of it. */
function checkMessage(message: unknown): void {
  const keys = Object.keys(message ?? {});
  const foreign = keys.length > 0 ? keys.find((key) => !MEMBERS.includes(key)) : `(${typeof message})`;
  if (foreign !== undefined) {
    throw new TypeError(
      `${quoted(foreign)}: a message has ${MEMBERS.join(', ')}; to send a value as data, map((data) => ({ data }))`,
    );
  }
}

/** Writes data as fields. Most data is one line and is not split, which would cost more than the rest of the block. */
const dataLines = (data: string): string =>
  // Two searches, because an engine searches for one character many times as fast as for a pattern.
  data.includes('\n') || data.includes('\r')
    ? data
        .split(lineBreak)
        .map((line) => `data: ${line}\n`)
        .join('')
    : `data: ${data}\n`;

/**
 * Writes a message as a block of an event stream (WHATWG HTML §9.2.5). Throws a `TypeError` that names a member which
 * the format cannot carry.
 *
 * @see `sseDecoder` reads blocks.
 */
export function sseBlock(message: SseMessageInit): string {
  checkMessage(message);
  const { type, id, retry, comment } = message;
  let block = '';
  if (comment !== undefined) {
    checkText('comment', comment);
    for (const line of comment.split(lineBreak)) block += `: ${line}\n`;
  }
  if (type !== undefined && type !== 'message') block += field('type', type, NO_FIELD, 'event');
  if (id !== undefined) block += field('id', id, NO_ID);
  if (retry !== undefined) {
    if (!Number.isSafeInteger(retry) || retry < 0) {
      throw new TypeError(`retry: expected milliseconds as a whole number from 0, got ${described(retry)}`);
    }
    block += `retry: ${retry}\n`;
  }
  if ('data' in message) {
    const { data } = message;
    block += dataLines(typeof data === 'string' ? data : jsonText('data', data));
  } else if (type !== undefined) {
    // Clients dispatch a block only if it has a field of data.
    block += dataLines('');
  }
  return `${block}\n`;
}

/** Writes a message, or a string as its data. Throws a `TypeError` that names the index and the refused member. */
export function sseFrame(message: SseMessageInit | string, index: number): string {
  if (typeof message === 'string') return `${dataLines(message)}\n`;
  try {
    return sseBlock(message);
  } catch (cause) {
    throw new TypeError(`message ${index}: ${(cause as Error).message}`, { cause });
  }
}
