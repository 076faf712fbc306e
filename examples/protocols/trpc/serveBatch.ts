import { catchError, from, map, merge, of, startWith } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';

const failure = { error: { message: 'Internal error', code: -32603, data: {} } };

/** Answers a batch with the result of each query as soon as it is there. */
export function serveBatch(results: readonly ObservableInput<unknown>[], request: Request): Response {
  const head = results.map((_, call) => [call, [[0], [null, 0, call]]]);
  const chunks = results.map((result, call) =>
    from(result).pipe(
      map((data): unknown => ({ result: { data } })),
      catchError(() => of(failure)),
      map((response): unknown => [call, 0, [[response]]]),
    ),
  );
  return toNdjsonResponse(merge(...chunks).pipe(startWith(Object.fromEntries(head))), { request });
}
