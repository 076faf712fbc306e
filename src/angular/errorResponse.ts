import { HttpErrorResponse } from '@angular/common/http';
import { catchError, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch } from '../client/fromChunkedFetch';
import type { StreamFetch } from '../client/streamInit';
import type { HttpStatusError } from '../errors';
import { headOf } from './headOf';
import type { StreamExchange } from './streamContext';

/**
 * Errors with an `HttpErrorResponse` for a response of an error status. Its `error` is the body, parsed if it is JSON,
 * else as text. `fromChunkedFetch` reads the body, because it limits the length of the text and the wait for it.
 */
export const errorResponse = (
  response: Response,
  exchange: StreamExchange,
  scheduler: StreamFetch['scheduler'],
): Observable<never> =>
  fromChunkedFetch(response.url, { fetch: Object.assign(() => of(response), { scheduler }) }).pipe(
    catchError((cause: unknown) => {
      const { body: text } = cause as HttpStatusError;
      const error = parsed(text);
      exchange.refusal = { error, text };
      return throwError(() => new HttpErrorResponse({ ...headOf(response), error }));
    }),
  ) as Observable<never>;

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
