import { distinctUntilChanged, fromEvent, map, startWith } from 'rxjs';
import type { Observable } from 'rxjs';

/** Whether nobody can see this tab. */
export const hidden$: Observable<boolean> = fromEvent(document, 'visibilitychange').pipe(
  startWith(undefined),
  map(() => document.visibilityState === 'hidden'),
  distinctUntilChanged(),
);
