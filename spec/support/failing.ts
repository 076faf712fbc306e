import { concat, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';

/** Gives values, and fails with what is not for the public. */
export const failing = (...values: readonly string[]): Observable<string> =>
  concat(
    of(...values),
    throwError(() => new Error('the secret')),
  );
