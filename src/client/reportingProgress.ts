import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Take } from './bodyReading';
import type { Session } from './session';
import type { StreamResponse } from './streamInit';

/** Wraps `take` to report, before each chunk, how many bytes of the response's body have arrived. */
export function reportingProgress(
  report: NonNullable<Session['report']>,
  { headers }: StreamResponse,
  take: Take,
): Take {
  // `Content-Length` counts compressed bytes and `loaded` decompressed bytes: a compressed body has no known total.
  const total = headers.has('content-encoding')
    ? undefined
    : Number(headers.get('content-length')) || undefined;
  let loaded = 0;
  return (chunk) => {
    loaded += (typeof chunk === 'string' ? encodeUtf8(chunk) : chunk).length;
    report({ type: 'progress', loaded, total });
    take(chunk);
  };
}
