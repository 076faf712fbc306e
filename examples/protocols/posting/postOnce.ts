import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamTruncatedError } from 'rxjs-http-streams';
import type { StreamAttempt, StreamRequestInit } from 'rxjs-http-streams';

/**
 * Makes the requests of a stream whose POST is sent once. A stream that has begun is continued by a GET; one that fails
 * before errors with that failure.
 */
export const postOnce =
  ({ headers, body }: StreamRequestInit, hasBegun: (attempt: StreamAttempt) => boolean) =>
  (attempt: StreamAttempt): StreamRequestInit | Observable<never> => {
    if (hasBegun(attempt)) return { method: 'GET', headers };
    const lost: unknown = attempt.error ?? new StreamTruncatedError({ missing: 'its first event' });
    if (attempt.attempt > 1) return throwError(() => lost);
    return { method: 'POST', headers, body };
  };
