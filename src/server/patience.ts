import { concat, ignoreElements, map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { MAX_DELAY } from '../protocol/limits';

/**
 * Half of the time without a read after which a client counts as slow, in milliseconds. It takes two looks: what blocks
 * the event loop keeps the client from reading, too, and the first look may come before it could.
 */
const LOOK = 25;

/** How long a client is waited for that does not read: emits when it is slow, completes after `stallTimeout` ms. */
export const patience = (stallTimeout: number): Observable<'slow'> =>
  concat(
    timer(LOOK).pipe(ignoreElements()),
    timer(LOOK).pipe(map(() => 'slow' as const)),
    timer(Math.min(stallTimeout, MAX_DELAY) - 2 * LOOK).pipe(ignoreElements()),
  );
