import { ReplaySubject, catchError, defer, finalize, map, noop, share, takeUntil } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import { appendTo } from './appendTo';
import type { LogClaim } from './logs';

/**
 * Fills the log of a claim with a source, and ends it, whatever becomes of its clients. Without the claim it does
 * nothing.
 *
 * @param source - Is subscribed at once.
 */
export function publish<T extends SseMessageInit>(
  { log, stopped }: LogClaim<T>,
  source: StreamSource<T> | (() => StreamSource<T>),
): void {
  if (!stopped) return;
  const stop$ = stopped.pipe(share({ connector: () => new ReplaySubject<unknown>(1) }));
  // Until the log has ended: messages of a source that is over may still be on their way to it.
  const claim = stop$.subscribe({ error: noop });
  const message$ = defer(() => observed(typeof source === 'function' ? source() : source)).pipe(
    map(withoutId),
    takeUntil(stop$),
  );
  message$
    .pipe(
      appendTo(log),
      // A message that the log refuses has not ended it. If it has ended, or the engine is gone, this fails as well.
      catchError((error: unknown) => observed(log.append([], { failed: true, error }))),
      finalize(() => {
        claim.unsubscribe();
      }),
    )
    .subscribe({ error: noop });
}

/** Ids of a source are likely to come again in its next run, where a client would continue at a wrong place. */
const withoutId = <T extends SseMessageInit>(message: T): T =>
  (Object(message) as T).id === undefined ? message : { ...message, id: undefined };
