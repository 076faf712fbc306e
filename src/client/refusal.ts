import { EMPTY, catchError, last, map, scan, takeUntil, takeWhile, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { HttpStatusError } from '../errors';
import { textDecoder } from '../protocol/text';
import { retryAfter } from './retryAfter';
import type { StreamResponse } from './streamInit';

/** How much is kept of what the server says, in UTF-16 code units. */
const MAX_LENGTH = 65_536;
/** How long is waited for it, in milliseconds: the status must not get lost behind a body that never ends. */
const MAX_WAIT = 2_000;

/** Errors with the `HttpStatusError` of a response, once `body` has told the reason. */
export function refusal(
  response: StreamResponse,
  body: Observable<Uint8Array>,
  scheduler: SchedulerLike,
): Observable<never> {
  const wait = retryAfter(response.headers);
  const decode = textDecoder();
  return body.pipe(
    catchError(() => EMPTY),
    scan((text, chunk) => text + decode(chunk), ''),
    takeWhile((text) => text.length < MAX_LENGTH, true),
    takeUntil(timer(MAX_WAIT, scheduler)),
    last(null, ''),
    map((text) => {
      throw new HttpStatusError(response, text.slice(0, MAX_LENGTH), wait);
    }),
  );
}
