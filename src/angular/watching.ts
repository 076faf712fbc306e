import { NgZone } from '@angular/core';
import { asyncScheduler } from 'rxjs';
import type { SchedulerAction, SchedulerLike } from 'rxjs';

/**
 * A scheduler for time-outs and delays. zone.js counts a timer that is set inside Angular's zone as work under way: an
 * application with a quiet stream would never be stable, nor its page rendered on the server. Such a timer is set outside
 * the zone, and its work runs inside of it all the same.
 */
export const watching = (zone: NgZone): SchedulerLike => ({
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
