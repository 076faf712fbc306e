import { combineLatest, defer, first, from, map } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { anObject } from '../options/rules';
import { aSource } from '../options/values';
import type { StreamAttempt, StreamInit, StreamInput } from './streamInit';

/** One request, ready to be sent. */
export interface ResolvedRequest {
  target: string | URL | Request;
  readonly headers: Headers;
  /** Without a signal: that is the connection's own. */
  readonly init: Omit<RequestInit, 'signal'>;
}

/**
 * The request of one attempt: the input, the init, and what the application's factories say this time.
 * A `Request` is cloned, so that its body can be sent again.
 *
 * @param tell What the factories are told; asked for when they are, and not kept.
 */
export function resolveRequest(
  input: StreamInput,
  request: StreamInit['request'],
  init: ResolvedRequest['init'],
  tell: () => StreamAttempt,
): Observable<ResolvedRequest> {
  return defer(() => {
    const attempt = tell();
    const patch = request?.(attempt) ?? {};
    const isPlain = anObject.allows(patch) && !aSource.allows(patch);
    const target = typeof input === 'function' ? input(attempt) : [input];
    return combineLatest([
      // A string is iterable, and would arrive as its first character.
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
