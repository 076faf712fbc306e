import { ReplaySubject, catchError, defer, finalize, map, noop, share, takeUntil } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import { appendTo } from './appendTo';
import type { LogClaim } from './logs';

/**
 * Appends a source to the log of a claim, and ends the log with the source, independently of its clients. Does nothing
 * if another caller has obtained the claim.
 *
 * @param source - Subscribed at once.
 */
export function publish<T extends SseMessageInit>(
  { log, stopped }: LogClaim<T>,
  source: StreamSource<T> | (() => StreamSource<T>),
): void {
  if (!stopped) return;
  const stop$ = stopped.pipe(share({ connector: () => new ReplaySubject<unknown>(1) }));
  // The claim is kept until the log has ended: after the end of the source, appends may still be pending.
  const claim = stop$.subscribe({ error: noop });
  const message$ = defer(() => observed(typeof source === 'function' ? source() : source)).pipe(
    map(withoutId),
    takeUntil(stop$),
  );
  message$
    .pipe(
      appendTo(log),
      // A log that rejects a message has not ended yet. If it has, or if the engine is down, this append fails, too.
      catchError((error: unknown) => observed(log.append([], { failed: true, error }))),
      finalize(() => {
        claim.unsubscribe();
      }),
    )
    .subscribe({ error: noop });
}

/**
 * Removes the id of a message. The next run of a source is likely to repeat its ids, and a client that sent such an id
 * would continue at a wrong place.
 */
const withoutId = <T extends SseMessageInit>(message: T): T =>
  (Object(message) as T).id === undefined ? message : { ...message, id: undefined };
