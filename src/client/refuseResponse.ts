import { EMPTY, catchError, defer, last, map, scan, takeUntil, takeWhile, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { HttpStatusError } from '../errors';
import { textDecoder } from '../protocol/textDecoder';
import { readBody } from './readBody';
import { retryAfterOf } from './retryAfterOf';
import type { StreamResponse } from './streamInit';

/** Maximum length of the body's text that the error contains, in UTF-16 code units. */
const MAX_LENGTH = 65_536;
/** Maximum wait for the body, in milliseconds: a body that never ends must not keep the error from the application. */
const MAX_WAIT = 2_000;

/** Makes the error for a response that is refused from the beginning of its body. */
export type Refuse = (body: string) => Error;

/**
 * Errors because of a response that does not carry the stream. It reads the beginning of the body first, because the
 * body usually explains the failure.
 *
 * @param refuse - Makes the error. If unset, the error is an `HttpStatusError`.
 */
export function refuseResponse(
  response: StreamResponse,
  scheduler: SchedulerLike | undefined,
  refuse?: Refuse,
): Observable<never> {
  const { status, statusText, headers } = response;
  const wait = retryAfterOf(headers);
  const decode = textDecoder();
  return defer(() => readBody(response, { idleTimeout: Infinity, scheduler })).pipe(
    catchError(() => EMPTY),
    scan((text, chunk) => text + decode(chunk), ''),
    takeWhile((text) => text.length < MAX_LENGTH, true),
    takeUntil(timer(MAX_WAIT, scheduler)),
    last(null, ''),
    map((text) => {
      const body = text.slice(0, MAX_LENGTH);
      throw refuse?.(body) ?? new HttpStatusError({ status, statusText, headers, body, retryAfter: wait });
    }),
  );
}
