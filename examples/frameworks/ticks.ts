import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';

/** What the examples serve: a message a second. */
export const tick$: Observable<SseMessageInit> = interval(1_000).pipe(map((n) => ({ data: { n } })));
