import type { HttpRequest } from '@angular/common/http';
import { STREAM } from './streamContext';

/**
 * Whether a reader sends this request, for an interceptor that must not change the body of a stream.
 *
 * The interceptors receive the response of a stream before its body has arrived: the body of their `HttpResponse` is
 * the platform's `Response`. An interceptor may read that response's headers and status, change the headers, or replace
 * the `Response` by another one. An interceptor that rewrites the bodies of all responses has to leave out those of
 * streams: otherwise the reader errors with a `TypeError`.
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
