import { catchError, lastValueFrom, of, toArray } from 'rxjs';
import type { Observable } from 'rxjs';

/** Every value of a stream, and after them its error if it had one. */
export const outcome = (source$: Observable<unknown>): Promise<unknown[]> =>
  lastValueFrom(
    source$.pipe(
      catchError((error: unknown) => of(error)),
      toArray(),
    ),
  );
