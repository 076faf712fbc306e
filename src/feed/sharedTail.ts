import { Subscription } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from '../protocol/sse';
import type { Tail } from './tail';

/** A client that needs a tail. */
interface TailUser<T extends SseMessageInit> {
  /** Receives the tail, in `join` or later. */
  begin(tail: Tail<T>): void;
  /** Receives the error that there is instead of a tail, or after it. */
  fail(error: unknown): void;
}

/**
 * One subscription of a tail, from the first client that needs it to the last. It counts by itself, because an idle client would
 * hold a kilobyte of subscribers with `share`.
 */
export class SharedTail<T extends SseMessageInit> {
  readonly #tail$: Observable<Tail<T>>;
  readonly #users = new Set<TailUser<T>>();
  #tail: Tail<T> | undefined;
  #running = Subscription.EMPTY;

  constructor(tail$: Observable<Tail<T>>) {
    this.#tail$ = tail$;
  }

  join(user: TailUser<T>): void {
    this.#users.add(user);
    if (this.#tail) user.begin(this.#tail);
    else if (this.#users.size === 1) this.#subscribe();
  }

  leave(user: TailUser<T>): void {
    if (this.#users.delete(user) && this.#users.size === 0) this.#end();
  }

  #subscribe(): void {
    const running = (this.#running = new Subscription());
    running.add(
      this.#tail$.subscribe({
        next: (tail) => {
          this.#tail = tail;
          for (const user of [...this.#users]) user.begin(tail);
        },
        error: (error: unknown) => {
          const users = [...this.#users];
          this.#users.clear();
          this.#end();
          for (const user of users) user.fail(error);
        },
      }),
    );
  }

  #end(): void {
    this.#tail = undefined;
    this.#running.unsubscribe();
  }
}
