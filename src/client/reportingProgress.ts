import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Take } from './bodyReading';
import type { Session } from './session';
import type { StreamResponse } from './streamInit';

/** Wraps `take` to report, before each chunk, how many bytes of the response's body and of all bodies have arrived. */
export function reportingProgress(session: Session, { headers }: StreamResponse, take: Take): Take {
  // `Content-Length` counts compressed bytes and `loaded` decompressed bytes: a compressed body has no known total.
  const total = headers.has('content-encoding')
    ? undefined
    : Number(headers.get('content-length')) || undefined;
  const earlier = session.received;
  return (chunk) => {
    session.received += (typeof chunk === 'string' ? encodeUtf8(chunk) : chunk).length;
    const { received } = session;
    session.report?.({ type: 'progress', loaded: received - earlier, total, received });
    take(chunk);
  };
}
