import { connect, constants } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { Readable } from 'node:stream';
import type { StreamFetch } from 'rxjs-http-streams';
import { onTestFinished } from 'vitest';

/** Fails at the end of a body whose stream was reset: Node's client ends it as if it were whole. */
const wholeOnly = (stream: ClientHttp2Stream): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream({
    flush() {
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw new TypeError('The stream was reset');
    },
  });

/**
 * A `fetch` over one session of HTTP/2 at a time, for all its requests; a server that sends a GOAWAY gets no more.
 *
 * @param keepAlive - Whether the session stays for another request. Without it, requests must not overlap.
 */
export function http2Fetch(keepAlive = true): StreamFetch {
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
      const connection = connected(origin);
      const stream = connection.request(
        { ':path': pathname, ...Object.fromEntries(new Headers(headers)) },
        signal ? { signal } : {},
      );
      stream.on('error', reject);
      stream.once('close', () => {
        reject(new TypeError('The stream was closed'));
        if (!keepAlive) connection.destroy();
      });
      stream.once('response', (got: IncomingHttpHeaders & { ':status'?: number }) => {
        const own = Object.entries(got).filter(([name]) => !name.startsWith(':')) as [string, string][];
        const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
        resolve(
          new Response(body.pipeThrough(wholeOnly(stream)), { status: got[':status'] ?? 0, headers: own }),
        );
      });
    });
  return fetchOver as StreamFetch;
}
