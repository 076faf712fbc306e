import type { ControlMessage } from '@electric-sql/client';
import { of } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError } from 'rxjs-http-streams';

/** Moves the query to the start of another log where the status 409 says that the log is gone, and tells the reader. */
export const refetch =
  (query: URLSearchParams) =>
  (error: unknown): Observable<ControlMessage> => {
    if (!isHttpStatusError(error) || error.status !== 409) throw error;
    const isStart = query.get('offset') === '-1';
    for (const name of ['live', 'cursor', 'handle']) query.delete(name);
    query.set('offset', '-1');
    const handle = error.headers.get('electric-handle');
    if (handle) query.set('handle', handle);
    if (isStart) throw error;
    return of({ headers: { control: 'must-refetch' } });
  };
