import { combineLatest, defer, first, from, map } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { anObject } from '../options/rules';
import { aSource } from '../options/values';
import type { StreamAttempt, StreamInit, StreamInput } from './streamInit';

/** One request, ready to be sent. */
export interface ResolvedRequest {
  target: string | URL | Request;
  readonly headers: Headers;
  /** Options for `fetch` without a signal, because each connection has its own. */
  readonly init: Omit<RequestInit, 'signal'>;
}

/**
 * Makes the request of one attempt from the input, the init and the application's factories, which are called each
 * time: `request`, and the input if it is a function. A `Request` is cloned, so that its body can be sent again.
 *
 * @param takeAttempt - Returns the argument of the factories. It is called just before them, and no reference to its
 *   result is kept: the result contains an error.
 */
export function resolveRequest(
  input: StreamInput,
  request: StreamInit['request'],
  init: ResolvedRequest['init'],
  takeAttempt: () => StreamAttempt,
): Observable<ResolvedRequest> {
  return defer(() => {
    const attempt = takeAttempt();
    const patch = request?.(attempt) ?? {};
    const isPlain = anObject.allows(patch) && !aSource.allows(patch);
    const target = typeof input === 'function' ? input(attempt) : [input];
    return combineLatest([
      // A string is wrapped because it is iterable: `from` would emit its first character.
      from(typeof target === 'string' ? [target] : target).pipe(first()),
      from((isPlain ? [patch] : patch) as ObservableInput<RequestInit>).pipe(first()),
    ]);
  }).pipe(
    map(([target, patch]: [ResolvedRequest['target'], RequestInit]) => {
      const given = target as Partial<Request>;
      const headers = new Headers(init.headers ?? given.headers);
      new Headers(patch.headers).forEach((value, name) => {
        headers.set(name, value);
      });
      return { target: given.clone?.() ?? target, headers, init: { ...init, ...patch } };
    }),
  );
}
