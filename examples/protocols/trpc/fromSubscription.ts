import { mergeMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Reads a subscription. After a cut, it continues behind the last value that the server has `tracked`. */
export const fromSubscription = <T>(url: string, path: string, input: unknown): Observable<T> =>
  fromEventSource(`${url}/${path}?input=${encodeURIComponent(JSON.stringify(input))}`).pipe(
    endOn(({ type }) => type === 'return'),
    mergeMap(({ type, data }): T[] => {
      if (type !== 'serialized-error') return type === 'message' ? [JSON.parse(data) as T] : [];
      const cause = JSON.parse(data) as { readonly message: string };
      throw new Error(cause.message, { cause });
    }),
  );
