import { defer, first, from, lastValueFrom, takeUntil } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { reasonOf } from './reasonOf';

/** One run of a case. It knows the answers for which the case waits, so that a timeout can name them. */
export class CaseRun {
  readonly #pending: { readonly expected: string }[] = [];

  /** @param over$ - Emits when the case is over, or has timed out. */
  constructor(readonly over$: Observable<void>) {}

  /** The oldest pending expectation, in words. */
  get expected(): string | undefined {
    return this.#pending[0]?.expected;
  }

  /**
   * Waits for the last value of an Observable.
   *
   * @param expected - The expectation in words, for the error of a timeout.
   */
  async last<A>(expected: string, value$: Observable<A>): Promise<A> {
    const entry = { expected };
    this.#pending.push(entry);
    try {
      return await lastValueFrom(value$.pipe(takeUntil(this.over$)));
    } finally {
      this.#pending.splice(this.#pending.indexOf(entry), 1);
    }
  }

  /**
   * Waits for the answer of a log.
   *
   * @param what - The call of the log in words, which begins the message of every error.
   */
  async answer<A>(what: string, call: () => ObservableInput<A>): Promise<A> {
    try {
      return await this.last(`${what}: expected an answer`, defer(() => from(call())).pipe(first()));
    } catch (cause) {
      throw new Error(`${what}: expected an answer, got the error '${reasonOf(cause)}'`, { cause });
    }
  }
}
