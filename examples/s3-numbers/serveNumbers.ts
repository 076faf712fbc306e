import { Subject, defer, finalize, takeUntil, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { listen } from '../serving/listen';
import { numbers } from './numbers';

/** Serves the numbers. Their feed ends with the server: waiting for clients to come back, it would keep the process. */
export const serveNumbers = (beat$: Observable<unknown> = timer(0, 1_000)): Observable<string> =>
  defer(() => {
    const closed$ = new Subject<void>();
    return listen(numbers({ beat$: beat$.pipe(takeUntil(closed$)) })).pipe(
      finalize(() => {
        closed$.next();
      }),
    );
  });
