import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';

/** A message a second. */
export const tick$: Observable<SseMessageInit> = interval(1_000).pipe(map((n) => ({ data: { n } })));
