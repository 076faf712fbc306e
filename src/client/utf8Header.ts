import { quoted } from '../errors';
import { MAX_EVENT_ID } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/**
 * Encodes a last event ID for a header: one character for each byte of its UTF-8. Throws a `TypeError` for an ID that
 * no header can carry: one with a control character (RFC 9110 §5.5), or of more than 64 KiB.
 */
export function utf8Header(id: string): string {
  const bytes = encodeUtf8(id);
  // Without a limit a server could send a long ID compressed to a few bytes, and have its clients upload it each time.
  if (bytes.length > MAX_EVENT_ID || /[^\t\x20-\x7e\x80-\uffff]/.test(id)) {
    throw new TypeError(`lastEventId: no header can carry '${quoted(id)}'`);
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
