import { Subscription, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Tail } from './tail';

/** A client that needs a tail. */
interface TailUser<T extends SseMessageInit> {
  /**
   * Receives the tail.
   *
   * @param isLate - Whether that is after `join`.
   */
  begin(tail: Tail<T>, isLate: boolean): void;
  /** Receives the error that there is instead of a tail, or after it. */
  fail(error: unknown): void;
  /** Is called whenever there may be more. */
  wake(): void;
}

/** Cheaper than `queueMicrotask`, whose every call makes a resource in Node. */
const SETTLED = /* @__PURE__ */ Promise.resolve();

/**
 * One subscription of a tail, from the first client that needs it to the last. It counts by itself, because an idle
 * client would hold a kilobyte of subscribers with `share`.
 */
export class SharedTail<T extends SseMessageInit> {
  readonly #tail$: Observable<Tail<T>>;
  readonly #atOnce = new Set<TailUser<T>>();
  readonly #later = new Set<TailUser<T>>();
  /** Those who are woken later will be. */
  #isChanged = false;
  #tail: Tail<T> | undefined;
  #running = Subscription.EMPTY;

  constructor(tail$: Observable<Tail<T>>) {
    this.#tail$ = tail$;
  }

  /**
   * Adds a client, which is woken as soon as there may be more, or in a microtask, when all is there that is appended
   * in one go.
   */
  join(user: TailUser<T>, isAtOnce: boolean): void {
    (isAtOnce ? this.#atOnce : this.#later).add(user);
    if (this.#tail) user.begin(this.#tail, false);
    else if (this.#running.closed) this.#subscribe();
  }

  leave(user: TailUser<T>): void {
    this.#atOnce.delete(user);
    this.#later.delete(user);
    if (this.#atOnce.size + this.#later.size === 0) this.#end();
  }

  get #users(): TailUser<T>[] {
    return [...this.#atOnce, ...this.#later];
  }

  #subscribe(): void {
    let isLate = false;
    const running = (this.#running = new Subscription());
    running.add(
      this.#tail$
        .pipe(
          switchMap((tail) => {
            this.#tail = tail;
            for (const user of this.#users) user.begin(tail, isLate);
            return tail.changed$;
          }),
        )
        .subscribe({
          next: () => {
            this.#wake();
          },
          error: (error: unknown) => {
            const users = this.#users;
            this.#atOnce.clear();
            this.#later.clear();
            this.#end();
            for (const user of users) user.fail(error);
          },
        }),
    );
    isLate = true;
  }

  #wake(): void {
    if (!this.#isChanged && this.#later.size > 0) {
      this.#isChanged = true;
      void SETTLED.then(() => {
        this.#isChanged = false;
        for (const user of this.#later) user.wake();
      });
    }
    for (const user of this.#atOnce) user.wake();
  }

  #end(): void {
    this.#tail = undefined;
    this.#running.unsubscribe();
  }
}
