import type { NgZone } from '@angular/core';
import { Observable, from } from 'rxjs';
import type { StreamFetch, StreamResponse } from '../client/streamInit';

/**
 * Wraps a `fetch` that is called outside Angular's zone: the interceptors run inside the zone, as those of any other
 * request, and the response is emitted outside, so that its body is read outside.
 */
export const calledInZone = (fetch: StreamFetch, zone: NgZone): StreamFetch =>
  Object.assign(
    (...[input, init]: Parameters<StreamFetch>) =>
      new Observable<StreamResponse>((subscriber) =>
        zone.run(() =>
          from(fetch(input, init)).subscribe({
            next: (response) => {
              zone.runOutsideAngular(() => {
                subscriber.next(response);
              });
            },
            error: (error: unknown) => {
              zone.runOutsideAngular(() => {
                subscriber.error(error);
              });
            },
            complete: () => {
              subscriber.complete();
            },
          }),
        ),
      ),
    { scheduler: fetch.scheduler },
  );
