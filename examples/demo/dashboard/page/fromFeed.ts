import { combineLatest, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { LifecycleEvent, SseMessage } from 'rxjs-http-streams';
import { hidden$ } from './hidden';

/**
 * The feed, and the life of its connection. It hangs up while its
 * switch is on or nobody can see this tab, and goes on after the
 * last message it has.
 */
export const fromFeed = (pause$: Observable<boolean>): Observable<LifecycleEvent<SseMessage>> =>
  fromEventSource('feed', {
    observe: 'lifecycle',
    pauseWhen: combineLatest([pause$, hidden$]).pipe(map((reasons) => reasons.includes(true))),
  });
