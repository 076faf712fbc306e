import { map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';

/** One line of what {@link ticks} sends. */
export interface Tick {
  type: 'tick';
  data: { time: string; message: string };
}

/**
 * `POST {"message": "hi"}` is answered with NDJSON: a line with the message at each beat.
 *
 * @param beat$ Subscribed for each client, and unsubscribed when it leaves.
 */
export function ticks(beat$: Observable<unknown> = timer(0, 1_000)): Handler {
  return async (request) => {
    let message: string;
    try {
      ({ message } = (await request.json()) as { message: string });
    } catch {
      return new Response('Expected JSON.\n', { status: 400 });
    }
    const tick$ = beat$.pipe(
      map((): Tick => ({ type: 'tick', data: { time: new Date().toISOString(), message } })),
    );
    // Its clients ask for JSON; `application/x-ndjson` without this.
    return toNdjsonResponse(tick$, { request, headers: { 'content-type': 'application/json' } });
  };
}
