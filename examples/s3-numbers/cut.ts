import { ignoreElements, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';

/** Has a server of numbers cut all connections; errors where it does not. */
export const cut = (feed: string): Observable<never> =>
  fromFetch(`${feed}/cut`, { method: 'POST' }).pipe(
    // `fetch` takes a refusal for an answer like any other.
    tap(({ ok, status }) => {
      if (!ok) throw new Error(`Nothing was cut: status ${status}`);
    }),
    ignoreElements(),
  );
