import { asyncScheduler } from 'rxjs';
import type { SchedulerAction, Subscription } from 'rxjs';

/** Something that is looked after now and then. */
export interface Beating {
  /** Gives the time until the next call, in milliseconds. */
  beat(): number;
}

/** One function and one action that is rescheduled, because every body has a heartbeat for as long as it lives. */
function beat(this: SchedulerAction<Beating>, beating?: Beating): void {
  if (beating) this.schedule(beating, beating.beat());
}

/** Calls back again and again, from `ms` milliseconds on. */
export const heartbeat = (beating: Beating, ms: number): Subscription =>
  asyncScheduler.schedule(beat, ms, beating);
