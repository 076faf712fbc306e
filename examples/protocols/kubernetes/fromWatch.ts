import type { KubernetesListObject, KubernetesObject } from '@kubernetes/client-node';
import { concat, defer, repeat, retry, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, isStreamNetworkError, parseJson, splitJson } from 'rxjs-http-streams';
import { changesAfter } from './changesAfter';
import type { WatchEvent } from './watchEvent';

/** Emits the list of all objects, then each change, and the list again where a change was missed. */
export const fromWatch = <T extends KubernetesObject>(url: string, pause = 1_000) =>
  defer((): Observable<KubernetesListObject<T> | WatchEvent<T>> => {
    const place = { version: '' };
    const list$ = fromChunkedFetch(url).pipe(splitJson(), parseJson<KubernetesListObject<T>>());
    const first$ = list$.pipe(tap(({ metadata }) => (place.version = metadata?.resourceVersion ?? '')));
    const changes$ = changesAfter<T>(url, place);
    const onError = (error: Error & { readonly status?: number }) => {
      if (error.status === 410) place.version = '';
      return error.status === 410 || isStreamNetworkError(error) ? timer(pause) : throwError(() => error);
    };
    return defer(() => (place.version ? changes$ : concat(first$, changes$))).pipe(
      repeat({ delay: () => timer(pause) }),
      retry({ delay: onError }),
    );
  });
