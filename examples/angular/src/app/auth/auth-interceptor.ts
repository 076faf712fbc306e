import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, switchMap, throwError } from 'rxjs';
import { Session } from './session';

const signed = (request: HttpRequest<unknown>, token: string): HttpRequest<unknown> =>
  request.clone({ setHeaders: { authorization: `Bearer ${token}` } });

/**
 * Signs every request. A 401 renews the token, and the request is tried once more: streams, and each of their
 * reconnections, like everything else.
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (request.url === '/api/session') return next(request);
  const session = inject(Session);
  return next(signed(request, session.token())).pipe(
    catchError((error: unknown) =>
      error instanceof HttpErrorResponse && error.status === 401
        ? session.renewal$.pipe(switchMap((token) => next(signed(request, token))))
        : throwError(() => error),
    ),
  );
};
