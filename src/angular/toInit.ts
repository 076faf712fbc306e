import type { HttpRequest } from '@angular/common/http';
import { FETCH_OPTIONS, pick } from './streamContext';
import { toHeaders } from './toHeaders';

/** The interceptors have the last word on all that an `HttpRequest` knows, `init` on the rest. */
export function toInit(request: HttpRequest<unknown>, init: RequestInit): RequestInit {
  const headers = toHeaders(request.headers);
  // Only a body of theirs: `fetch` names the type of its own, the boundary of a form included.
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
