import { map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

/** A message at each beat. Knows nothing but `Request` and `Response`. */
export const handler =
  (beat$: Observable<number> = timer(0, 1_000)) =>
  (request: Request): Response =>
    toSseResponse(beat$.pipe(map((n) => ({ data: { n, time: new Date().toISOString() } }))), { request });

/** The default export that Bun, Deno and workerd serve as it is. */
export default { fetch: handler() };
