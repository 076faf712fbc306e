import { HttpErrorResponse } from '@angular/common/http';
import { catchError, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch } from '../client/fromChunkedFetch';
import type { StreamFetch } from '../client/streamInit';
import type { HttpStatusError } from '../errors';
import { headOf } from './headOf';
import type { StreamExchange } from './streamContext';

/**
 * Errors with the `HttpErrorResponse` of a response that refuses, its `error` what the server said: text, or what that
 * is as JSON. A reader reads it, because a reader bounds how much it keeps and how long it waits.
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
