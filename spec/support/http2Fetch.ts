import { connect } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { Readable } from 'node:stream';
import type { StreamFetch } from 'rxjs-http-streams';
import { onTestFinished } from 'vitest';

/** A `fetch` over one session of HTTP/2 at a time, for all its requests; a server that sends a GOAWAY gets no more. */
export function http2Fetch(): StreamFetch {
  let session: ClientHttp2Session | undefined;
  const sessions = new Set<ClientHttp2Session>();
  onTestFinished(() => {
    for (const one of sessions) one.destroy();
  });

  const connected = (origin: string): ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session;
    const opened = connect(origin);
    session = opened;
    sessions.add(opened);
    opened.on('error', () => undefined);
    opened.on('goaway', () => {
      if (session === opened) session = undefined;
    });
    opened.once('close', () => sessions.delete(opened));
    return opened;
  };

  const fetchOver: typeof fetch = (input, { headers, signal } = {}) =>
    new Promise((resolve, reject) => {
      const { origin, pathname } = new URL(input as string);
      const stream = connected(origin).request(
        { ':path': pathname, ...Object.fromEntries(new Headers(headers)) },
        signal ? { signal } : {},
      );
      stream.on('error', reject);
      stream.once('close', () => {
        reject(new TypeError('The stream was closed'));
      });
      stream.once('response', (got: IncomingHttpHeaders & { ':status'?: number }) => {
        const own = Object.entries(got).filter(([name]) => !name.startsWith(':')) as [string, string][];
        const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
        resolve(new Response(body, { status: got[':status'] ?? 0, headers: own }));
      });
    });
  return fetchOver as StreamFetch;
}
