import { asyncScheduler } from 'rxjs';
import type { SchedulerAction, Subscription } from 'rxjs';

/** An object with a periodic task. */
export interface Beating {
  /** Runs the task, and returns the time until its next run in milliseconds. */
  beat(): number;
}

/**
 * Runs a beat and reschedules the same action. A body has its heartbeat for its whole life, so all bodies share this
 * function, and each has one action.
 */
function beat(this: SchedulerAction<Beating>, beating?: Beating): void {
  if (beating) this.schedule(beating, beating.beat());
}

/** Calls `beat` after `ms` milliseconds, and then again after each delay that it returns. */
export const heartbeat = (beating: Beating, ms: number): Subscription =>
  asyncScheduler.schedule(beat, ms, beating);
