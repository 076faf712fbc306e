import type { Message, Row } from '@electric-sql/client';
import { catchError, defer, repeat, retry, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError, isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import { fromLive } from './fromLive';
import { fromPage } from './fromPage';
import { refetch } from './refetch';

const mayPass = (error: unknown): boolean =>
  isHttpStatusError(error)
    ? [409, 429].includes(error.status) || error.status >= 500
    : isStreamNetworkError(error) || isStreamTruncatedError(error);

/** Reads the log of a shape: its rows, and then each change, by long polling or by Server-Sent Events. */
export const fromShape = <T extends Row>(shape: string, { sse = false, pause = 100 } = {}) =>
  defer((): Observable<Message<T>> => {
    const query = new URLSearchParams({ offset: '-1' });
    const read = () => (sse && query.has('live') ? fromLive : fromPage)<T>(shape, query);
    return defer(read).pipe(
      catchError(refetch(query)),
      repeat({ delay: () => timer(query.has('live') ? pause : 0) }),
      retry({
        delay: (error: Error, n) => {
          return mayPass(error) ? timer(Math.min(pause * 2 ** n, 30_000)) : throwError(() => error);
        },
        resetOnSuccess: true,
      }),
    );
  });
