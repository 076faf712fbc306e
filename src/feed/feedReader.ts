import { Subscription } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Waker } from './cursor';
import type { FeedRules } from './feedRules';
import { findPlace } from './findPlace';
import { Place } from './place';
import type { Ring } from './ring';
import type { SharedTail } from './sharedTail';
import type { Tail } from './tail';

/**
 * Reads a feed for one client: finds the place of the client's id, and wakes the client when there may be more to take.
 * It extends `Place` because a second object would cost every idle client memory.
 */
export class FeedReader<T extends SseMessageInit> extends Place<T> {
  readonly #rules: FeedRules<T>;
  readonly #waker: Waker;
  #shared: SharedTail<T> | undefined;
  #tail: Tail<T> | undefined;
  /** A search for the place, or a snapshot, that has not completed. */
  #searching: Subscription | undefined;
  /** Whether `find` has found nothing, so that the client waits to be woken. */
  #isWaiting = false;

  /** @param waker - Woken once when there may be more, after `find` has found nothing. */
  constructor(rules: FeedRules<T>, lastEventId: string | undefined, waker: Waker) {
    super();
    this.id = lastEventId;
    this.#rules = rules;
    this.#waker = waker;
  }

  /**
   * Joins the tail. A client without an id gets its place before the source is subscribed. All other clients search for
   * theirs afterwards, so that they also find messages that the source emits while it is being subscribed.
   */
  open(shared: SharedTail<T>): void {
    this.#shared = shared;
    // A client that is sent ids is a body, for which one chunk with several messages is cheaper than one chunk for
    // each.
    shared.join(this, !this.needsId);
  }

  /** Receives the tail, and wakes the client if the tail arrives late. */
  begin(tail: Tail<T>, isLate: boolean): void {
    this.#tail = tail;
    this.isAfterEnd = tail.end !== undefined;
    if (isLate) this.wake();
    else if (this.id === undefined) this.find();
  }

  /** Ends the feed for this client with an error. */
  fail(error: unknown): void {
    this.end = { failed: true, error };
    this.wake();
  }

  /** Stops reading. The client is not woken after that. */
  close(): void {
    this.#isWaiting = false;
    this.#searching?.unsubscribe();
    this.#shared?.leave(this);
  }

  /** Whether the feed had ended before the client connected. */
  get wasOver(): boolean {
    return this.isAfterEnd || this.#tail?.wasOver === true;
  }

  /** Whether the client is known to continue without a gap, in a feed that has had a message. */
  get isPlaced(): boolean {
    const isCurrent = this.#tail?.isCurrent === true;
    return isCurrent && this.ring !== undefined && (this.isRetained || this.#tail?.hasFlowed === true);
  }

  /** Whether there is something to take, as far as this process knows. */
  get isBehind(): boolean {
    return this.isAhead || (this.ring ? this.number < this.ring.next : !this.#searching);
  }

  /**
   * Finds the next messages, in `ahead` or in the ring, or an id that still has to be sent to the client. If it returns
   * `false`, either `end` is set or the client is woken later.
   */
  find(): boolean {
    this.#isWaiting = false;
    while (!this.end) {
      if (this.isAhead || (this.isIdUnsent && !this.#tail?.end)) return true;
      if (this.#searching) break;
      const tail = this.#tail;
      const ring = tail?.ring;
      if (!tail || !ring || this.isAheadOfTail) break;
      if (this.ring !== ring || this.number < ring.first) this.#search(tail, ring);
      else if (this.number < ring.next) return true;
      else if (tail.end) this.end = tail.end;
      else break;
    }
    this.#isWaiting = !this.end;
    return false;
  }

  /** Wakes the client if it waits. */
  wake(): void {
    this.isAheadOfTail = false;
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#waker.wake();
  }

  #search(tail: Tail<T>, ring: Ring<T>): void {
    const search$ = findPlace(this, this.#rules, tail, ring, () => {
      this.wake();
    });
    if (!search$) return;
    // Assigned before `subscribe`, because a log may answer synchronously.
    this.#searching = new Subscription();
    this.#searching.add(
      search$.subscribe({
        error: (error: unknown) => {
          this.#searching = undefined;
          this.fail(error);
        },
        complete: () => {
          this.#searching = undefined;
          // A client ahead of the tail waits for the next change of the tail: the log would give the same empty page.
          if (!this.isAheadOfTail) this.wake();
        },
      }),
    );
  }
}
