import { textDecoder } from '../protocol/text';

/**
 * What a client asks to continue after: its `Last-Event-ID` (WHATWG HTML §9.2.4), else the query parameter
 * `lastEventId`, for clients that cannot set a header. Unset without one.
 */
export function lastEventId({ headers, url }: Pick<Request, 'headers' | 'url'>): string | undefined {
  const header = headers.get('last-event-id');
  // A header is read as a character a byte; the id in it is UTF-8.
  if (header) return textDecoder()(Uint8Array.from(header, (byte) => byte.charCodeAt(0)));
  return new URL(url, 'http://localhost').searchParams.get('lastEventId') || undefined;
}
