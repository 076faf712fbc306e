import { ReplaySubject } from 'rxjs';
import type { Observable } from 'rxjs';

/** For the `onStop` of a server: `stopped$` emits once its producer has stopped, also to who asks later. */
export function stopSignal(): { onStop: () => void; stopped$: Observable<void> } {
  const stopped$ = new ReplaySubject<void>(1);
  return {
    stopped$,
    onStop: () => {
      stopped$.next();
    },
  };
}
