import { NgZone } from '@angular/core';
import { asyncScheduler } from 'rxjs';
import type { SchedulerAction, SchedulerLike } from 'rxjs';

/**
 * Makes a scheduler for time-outs and delays whose timers run outside Angular's zone and whose work runs inside the
 * zone. zone.js would count a timer inside the zone as pending work: an application whose stream waits for the server
 * would never be stable, and server-side rendering would never finish its page.
 */
export const zoneScheduler = (zone: NgZone): SchedulerLike => ({
  now: () => asyncScheduler.now(),
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T) {
    if (!NgZone.isInAngularZone()) return asyncScheduler.schedule(work, delay, state);
    return zone.runOutsideAngular(() =>
      asyncScheduler.schedule<T>(
        function (given) {
          zone.run(() => {
            work.call(this, given);
          });
        },
        delay,
        state,
      ),
    );
  },
});
