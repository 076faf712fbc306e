import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { whenWanted } from '../flow/pullable';
import type { Consumer } from '../flow/pullable';
import { CHUNK } from './outlet';
import type { Outlet } from './outlet';

/** Asks a source that can wait for more. A reader makes of its chunk what fits the chunk that is being gathered. */
export class Demand implements Consumer {
  readonly #outlet: Outlet<unknown>;
  readonly #subject = new Subject<void>();
  /** A value is being asked for: what comes at once is gathered. */
  #isAsking = false;
  readonly asked: Observable<void> = this.#subject;
  readonly room = whenWanted(() => this.#outlet.isWanted && this.#outlet.isEmpty, this.asked);
  readonly turn = whenWanted(
    () =>
      this.#outlet.isWanted &&
      (this.#outlet.isReading || this.#isAsking ? this.#outlet.waiting < CHUNK : this.#outlet.isEmpty),
    this.asked,
  );

  constructor(outlet: Outlet<unknown>) {
    this.#outlet = outlet;
  }

  get isObserved(): boolean {
    return this.#subject.observed;
  }

  /** Whether another value is wanted after one that came. */
  isHungry(): boolean {
    const outlet = this.#outlet;
    return (outlet.isReading && outlet.isEmpty) || (this.#isAsking && outlet.waiting < CHUNK);
  }

  /** Asks, unless there is something to send. */
  ask(): void {
    if (!this.#outlet.isEmpty) return;
    this.#isAsking = true;
    this.#subject.next();
    this.#isAsking = false;
  }
}
