import { quoted } from '../errors';
import { described } from '../options/rules';
import { jsonText } from './jsonText';
import type { SseMessageInit } from './sseMessage';

const lineBreak = /\r\n|\r|\n/;

function checkText(member: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${member}: expected a string, got ${described(value)}`);
}

/** What ends a field early, makes a client ignore it, or has no bytes in UTF-8: another text would arrive. */
const NO_FIELD = /[\r\n\0\ud800-\udfff]/u;
/** And what no header brings back as it is, when the client goes on after this message (RFC 9110 §5.5). */
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

/** Throws a `TypeError` for what is no message: sent as one, it would arrive as nothing. */
function checkMessage(message: unknown): void {
  const keys = Object.keys(message ?? {});
  const stranger = keys.length > 0 ? keys.find((key) => !MEMBERS.includes(key)) : `(${typeof message})`;
  if (stranger !== undefined) {
    throw new TypeError(
      `${quoted(stranger)}: a message has ${MEMBERS.join(', ')}; to send a value as data, map((data) => ({ data }))`,
    );
  }
}

/** Most data is one line; splitting it costs more than all the rest. */
const dataLines = (data: string): string =>
  /[\r\n]/.test(data)
    ? data
        .split(lineBreak)
        .map((line) => `data: ${line}\n`)
        .join('')
    : `data: ${data}\n`;

/** One message as a block. Throws a `TypeError` that names the member which the format cannot carry. */
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
    // Without a line of data no client would dispatch it.
    block += dataLines('');
  }
  return `${block}\n`;
}

/** One message of many, a string being its data. Throws a `TypeError` that names its index and the member at fault. */
export function sseFrame(message: SseMessageInit | string, index: number): string {
  if (typeof message === 'string') return `${dataLines(message)}\n`;
  try {
    return sseBlock(message);
  } catch (cause) {
    throw new TypeError(`message ${index}: ${(cause as Error).message}`, { cause });
  }
}
