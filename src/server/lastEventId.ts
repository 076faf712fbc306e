/**
 * Returns the event ID after which a client wants to continue: its header `Last-Event-ID` (WHATWG HTML §9.2.4), else
 * the query parameter `lastEventId`, for clients that cannot set a header. Returns `undefined` if the request has
 * neither.
 */
export function lastEventId({ headers, url }: Pick<Request, 'headers' | 'url'>): string | undefined {
  const header = headers.get('last-event-id');
  if (!header) return new URL(url, 'http://localhost').searchParams.get('lastEventId') || undefined;
  // The platform reads a header as one character a byte. Browsers send the id as UTF-8, some clients as Latin-1.
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(header, (byte) => byte.charCodeAt(0)),
    );
  } catch {
    return header;
  }
}
