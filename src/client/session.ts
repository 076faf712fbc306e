import type { Observable } from 'rxjs';
import { isHttpStreamError } from '../errors';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Take } from './readBody';
import type { LifecycleEvent, StreamInit, StreamInput, StreamResponse } from './streamInit';

/** What one subscription to a reader knows while it runs. */
export interface Session {
  readonly input: StreamInput;
  readonly init: StreamInit;
  /** Set when somebody observes the lifecycle. */
  readonly report: ((event: LifecycleEvent<never>) => void) | undefined;
  /** Set when reading may be held back: emits once there is room for another chunk. */
  room?: Observable<unknown> | undefined;
  /** How many requests were made. */
  attempt: number;
  /**
   * What ended the connection before, until the next request has been told. Held in this one place: V8 keeps with an
   * error the functions that it was thrown through, and where these keep the error before, none is ever let go.
   */
  error?: unknown;
  /** Set when what the application itself made has failed: its error is no reason to ask again. */
  isOver?: boolean;
  /** What was asked for last. */
  url?: string;
  /** Kept while its body is read: some engines let an abort pass by a response that was collected. */
  response?: StreamResponse | undefined;
}

/** Writes on an error of ours which request it belongs to. */
export const locate =
  (session: Session) =>
  (error: unknown): void => {
    if (isHttpStreamError(error) && error.attempt === undefined) {
      const { attempt, url, response } = session;
      Object.assign(error, { attempt, url: response?.url || url });
    }
  };

/** Reports how much of the response's body has come, before it goes on to `take`. */
export function reportingProgress(
  report: NonNullable<Session['report']>,
  { headers }: StreamResponse,
  take: Take,
): Take {
  // `Content-Length` counts what was sent, `loaded` what was decompressed of it.
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
