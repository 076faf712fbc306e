import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { whenWanted } from '../flow/pullable';
import type { Consumer } from '../flow/pullable';
import { CHUNK } from '../protocol/limits';
import type { Outlet } from './outlet';

/**
 * Requests values from a source that supports back-pressure. A reader such as `fromNdjsonFetch` emits values of the
 * chunk that it has read until the chunk that the body is gathering is full.
 */
export class Demand implements Consumer {
  readonly #outlet: Outlet<unknown>;
  readonly #subject = new Subject<void>();
  /** Whether a request to the source is under way, so that the values which it emits at once are gathered. */
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

  /** Whether the body wants another value right after the one that has just come. */
  isHungry(): boolean {
    const outlet = this.#outlet;
    return (outlet.isReading && outlet.isEmpty) || (this.#isAsking && outlet.waiting < CHUNK);
  }

  /** Requests values from the source, unless frames are already buffered. */
  ask(): void {
    if (!this.#outlet.isEmpty) return;
    this.#isAsking = true;
    this.#subject.next();
    this.#isAsking = false;
  }
}
