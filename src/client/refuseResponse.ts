import { EMPTY, catchError, defer, last, map, scan, takeUntil, takeWhile, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { HttpStatusError } from '../errors';
import { textDecoder } from '../protocol/textDecoder';
import { readBody } from './readBody';
import { retryAfterOf } from './retryAfterOf';
import type { StreamResponse } from './streamInit';

/** How much is kept of what the server says, in UTF-16 code units. */
const MAX_LENGTH = 65_536;
/** How long is waited for it, in milliseconds: the status must not get lost behind a body that never ends. */
const MAX_WAIT = 2_000;

/** Makes the error of a response that is refused, given the beginning of its body. */
export type Refuse = (body: string) => Error;

/** Errors with what `refuse` makes of a response, an `HttpStatusError` if omitted, once its body has told the reason. */
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
