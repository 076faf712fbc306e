/**
 * What a client asks to continue after: its `Last-Event-ID` (WHATWG HTML §9.2.4), else the query parameter
 * `lastEventId`, for clients that cannot set a header. Unset without one.
 */
export function lastEventId({ headers, url }: Pick<Request, 'headers' | 'url'>): string | undefined {
  const header = headers.get('last-event-id');
  if (!header) return new URL(url, 'http://localhost').searchParams.get('lastEventId') || undefined;
  // A header is read as a character a byte. Browsers send the id as UTF-8, some clients as the characters that it has.
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(header, (byte) => byte.charCodeAt(0)),
    );
  } catch {
    return header;
  }
}
