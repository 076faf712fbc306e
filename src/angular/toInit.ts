import type { HttpRequest } from '@angular/common/http';
import { FETCH_OPTIONS, pick } from './streamContext';
import { toHeaders } from './toHeaders';

/**
 * Makes the init of the platform's `fetch`. The request, which interceptors may have changed, decides about all options
 * that an `HttpRequest` has, and the init of the reader about the others.
 */
export function toInit(request: HttpRequest<unknown>, init: RequestInit): RequestInit {
  const headers = toHeaders(request.headers);
  // Only for a body that an interceptor set: for the reader's body `fetch` sets the type, with the boundary of a form.
  const replaced = request.body !== (init.body ?? null);
  const type = replaced && !headers.has('content-type') ? request.detectContentTypeHeader() : null;
  if (type !== null) headers.set('content-type', type);
  return {
    ...init,
    ...pick(request, FETCH_OPTIONS),
    ...(request.withCredentials && { credentials: 'include' }),
    method: request.method,
    headers,
    body: replaced ? request.serializeBody() : (init.body ?? null),
  };
}
