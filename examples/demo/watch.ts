import { catchError, concat, endWith, filter, map, of, takeUntil, takeWhile } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import { isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';

/** The life of a stream of text, and how it ended. */
export type StreamEvent =
  LifecycleEvent<string> | { readonly type: 'ended'; readonly how: Ending; readonly error?: unknown };

export type Ending = 'completed' | 'stopped by you' | 'cut off' | 'failed';

/** Makes the text to show of each value; an empty text is nothing to show. */
export const show =
  <T>(text: (value: T) => string): OperatorFunction<LifecycleEvent<T>, LifecycleEvent<string>> =>
  (event$) =>
    event$.pipe(
      map((event) => (event.type === 'value' ? { ...event, value: text(event.value) } : event)),
      filter((event) => event.type !== 'value' || event.value !== ''),
    );

/** Reads a stream until it ends or `stop$` emits, and tells as its last event which it was. */
export function watch(
  event$: Observable<LifecycleEvent<string>>,
  stop$: Observable<unknown>,
): Observable<StreamEvent> {
  const ended = (how: Ending, error?: unknown): StreamEvent => ({ type: 'ended', how, error });
  return concat(
    event$.pipe(
      endWith(ended('completed')),
      catchError((error: unknown) => of(ended(isCut(error) ? 'cut off' : 'failed', error))),
      takeUntil(stop$),
    ),
    of(ended('stopped by you')),
  ).pipe(takeWhile(({ type }) => type !== 'ended', true));
}

const isCut = (error: unknown): boolean =>
  isStreamTruncatedError(error) || (isStreamNetworkError(error) && error.phase === 'body');
