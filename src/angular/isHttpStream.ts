import type { HttpRequest } from '@angular/common/http';
import { STREAM } from './streamContext';

/**
 * Whether a request is one of a stream, for an interceptor that leaves those alone.
 *
 * The response of a stream reaches the interceptors before its body has come: the body of their `HttpResponse` is the
 * platform's `Response`. An interceptor may look at it, change the headers, or put another `Response` in its place. One
 * that rewrites the bodies of all responses has to pass those by, else the reader errors with a `TypeError`.
 *
 * @example
 * ```ts
 * import { HttpResponse } from '@angular/common/http';
 * import type { HttpInterceptorFn } from '@angular/common/http';
 * import { map } from 'rxjs';
 * import { isHttpStream } from 'rxjs-http-streams/angular';
 *
 * export const unwrapInterceptor: HttpInterceptorFn = (request, next) =>
 *   isHttpStream(request)
 *     ? next(request)
 *     : next(request).pipe(
 *         map((event) =>
 *           event instanceof HttpResponse ? event.clone({ body: (event.body as { data: unknown }).data }) : event,
 *         ),
 *       );
 * ```
 */
export const isHttpStream = (request: HttpRequest<unknown>): boolean =>
  request.context.get(STREAM) !== undefined;
