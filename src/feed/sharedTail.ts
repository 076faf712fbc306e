import { Subscription, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Tail } from './tail';

/** A client of a shared tail. */
interface TailUser<T extends SseMessageInit> {
  /**
   * Receives the tail.
   *
   * @param isLate - Whether the tail arrives after `join` has returned.
   */
  begin(tail: Tail<T>, isLate: boolean): void;
  /** Receives the error of the tail, before or after the tail itself. */
  fail(error: unknown): void;
  /** Called whenever there may be more messages. */
  wake(): void;
}

/** Cheaper than `queueMicrotask`, which creates an async resource in Node with every call. */
const SETTLED = /* @__PURE__ */ Promise.resolve();

/**
 * Shares one subscription to a tail among its clients: the first client subscribes, and the last one unsubscribes. It
 * does not use `share`, whose subscribers would cost every idle client a kilobyte.
 */
export class SharedTail<T extends SseMessageInit> {
  readonly #tail$: Observable<Tail<T>>;
  readonly #atOnce = new Set<TailUser<T>>();
  readonly #later = new Set<TailUser<T>>();
  /** Whether a microtask that wakes the clients of `#later` is scheduled. */
  #isScheduled = false;
  #tail: Tail<T> | undefined;
  #running = Subscription.EMPTY;

  constructor(tail$: Observable<Tail<T>>) {
    this.#tail$ = tail$;
  }

  /**
   * Adds a client.
   *
   * @param isAtOnce - Whether the client is woken synchronously by each append, instead of once in a microtask after
   *   several synchronous appends.
   */
  join(user: TailUser<T>, isAtOnce: boolean): void {
    (isAtOnce ? this.#atOnce : this.#later).add(user);
    if (this.#tail) user.begin(this.#tail, false);
    else if (this.#running.closed) this.#subscribe();
  }

  /** Removes a client. The last one ends the subscription. */
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
    if (!this.#isScheduled && this.#later.size > 0) {
      this.#isScheduled = true;
      void SETTLED.then(() => {
        this.#isScheduled = false;
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
