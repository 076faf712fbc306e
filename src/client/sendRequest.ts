import { catchError, defer, first, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamNetworkError } from '../errors';
import { observed } from '../flow/observed';
import { check } from '../options/rules';
import type { Rule } from '../options/rules';
import { aSource } from '../options/values';
import { isNetworkFailure } from './isNetworkFailure';
import type { ResolvedRequest } from './resolveRequest';
import type { Session } from './session';
import type { StreamInit, StreamResponse } from './streamInit';
import { timely } from './timely';

const anAnswer: Rule = { expected: 'a promise or an Observable of a response', allows: aSource.allows };
const aResponse: Rule = {
  expected: 'a response with a status and headers',
  allows: (value) => {
    const { status, headers } = Object(value) as Partial<StreamResponse>;
    return typeof status === 'number' && typeof headers?.get === 'function';
  },
};

/** Options of sending a request. */
interface Sending extends Pick<StreamInit, 'fetch' | 'connectTimeout'> {
  readonly idleTimeout: number;
}

/**
 * Calls `fetch` and emits its response. No other function calls `fetch`. Errors:
 *
 * - `StreamNetworkError`: the network failed
 * - `StreamTimeoutError`: no response came within `connectTimeout`, or `idleTimeout` without it
 * - any other error of `fetch`, unchanged. It sets `session.isOver`, so that no other request follows.
 *
 * @param request - The request to send.
 * @param signal - Aborts the request.
 */
export function sendRequest(
  session: Session,
  request: ResolvedRequest,
  signal: AbortSignal,
  { fetch, connectTimeout, idleTimeout }: Sending,
): Observable<StreamResponse> {
  const { target, headers, init } = request;
  let isSent = false;
  const responses = defer(() => {
    const answer = (fetch ?? globalThis.fetch)(target, { ...init, headers, signal });
    check('fetch', answer, anAnswer);
    isSent = true;
    return observed(answer);
  }).pipe(
    first<unknown, unknown>(null, undefined),
    catchError((cause: unknown) => {
      if (isSent && isNetworkFailure(cause, request, fetch, signal)) {
        throw new StreamNetworkError({ phase: 'connect', cause });
      }
      session.isOver = true;
      throw cause;
    }),
    map((response) => {
      check('fetch', response, aResponse);
      return response as StreamResponse;
    }),
  );
  const limit = connectTimeout === undefined ? { idleTimeout } : { connectTimeout };
  return timely(responses, limit, fetch?.scheduler);
}
