import { concatMap, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';

/** Server-Sent Events: the time at each beat, and a comment that makes intermediaries flush their last chunk. */
export const clock =
  (beat$: Observable<unknown> = timer(0, 1_000)): Handler =>
  (request) =>
    toSseResponse(beat$.pipe(concatMap(() => [{ data: new Date().toISOString() }, { comment: '' }])), {
      request,
    });
