import { quoted } from '../errors';
import { MAX_EVENT_ID } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/**
 * Writes a last event ID as a header carries it: a character for each byte of its UTF-8, none of them a control (RFC 9110
 * §5.5). Throws a `TypeError` for an ID that no header can carry.
 */
export function utf8Header(id: string): string {
  const bytes = encodeUtf8(id);
  // A server could have its clients upload, at each reconnection, what it has compressed to next to nothing.
  if (bytes.length > MAX_EVENT_ID || /[^\t\x20-\x7e\x80-\uffff]/.test(id)) {
    throw new TypeError(`lastEventId: no header can carry '${quoted(id)}'`);
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
