import { Subscription, defer, first, last } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { StreamGapError } from '../errors';
import { Fifo } from '../flow/fifo';
import { observed } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block, blocksOf } from './block';
import type { Waker } from './cursor';
import type { LogEnd, LogPage } from './log';
import { overSnapshot } from './overSnapshot';
import type { Ring } from './ring';
import { PAGE } from './tail';
import type { SharedTail } from './sharedTail';
import type { Tail } from './tail';

/** Rules of a feed for those who come, and for those whose place is lost. */
export interface FeedRules<T extends SseMessageInit> {
  readonly from: 'now' | 'start';
  readonly onGap: 'error' | 'replay' | ((lastEventId: string) => ObservableInput<T>);
  /** Whether a client that begins at the start has a gap where the log does not hold its beginning any more. */
  readonly isWhole?: boolean;
}

/**
 * The place of one client in a feed: a number in the ring of the newest messages or, behind it, an id in the log. It
 * holds a page of the log at the most.
 */
export class Place<T extends SseMessageInit> {
  /** Number of messages that were taken. */
  taken = 0;
  /** The end of the feed for this client, once everything before it was taken. */
  end: LogEnd | undefined;
  /** The ring in which the client is, if it is in one. */
  ring: Ring<T> | undefined;
  /** The number of the next message there. */
  number = 0;
  /** Messages of the ring before this number were out before the client came: those without an id are not for it. */
  live = 0;
  /** Messages that go out before those of the ring: the rest of a page, or of a snapshot. */
  ahead: Fifo<Block<T>> | undefined;
  /** The id after which the client goes on; none at the start. */
  id: string | undefined;
  /** The client goes on after an id that no message has told it. */
  isUntold = false;
  readonly #rules: FeedRules<T>;
  readonly #waker: Waker;
  #shared: SharedTail<T> | undefined;
  #tail: Tail<T> | undefined;
  /** The ring that `live` belongs to. */
  #known: Ring<T> | undefined;
  #wasOver = false;
  /** An answer of the log, or the rest of a snapshot, is awaited. */
  #asking: Subscription | undefined;
  /** The log holds nothing after the id, and the tail does not know it yet. */
  #isEarly = false;
  /** Somebody has found nothing, and is to be woken. */
  #isWaiting = false;
  /** The log is known to hold what follows the id. */
  #isHeld = false;
  /** What is ahead is a page of the log. */
  isPage = false;
  /** The id after which the client lost its place; unset once it has had a message of the log since. */
  #lost: string | undefined;

  /** @param waker - Is woken once when there may be more, after `find` has found nothing. */
  constructor(rules: FeedRules<T>, lastEventId: string | undefined, waker: Waker) {
    this.#rules = rules;
    this.id = lastEventId;
    this.#waker = waker;
  }

  /**
   * Whether the client is told its id, and woken when all is there that comes in one go. Else it is woken as soon as
   * a message is appended.
   */
  get isTold(): boolean {
    return false;
  }

  /**
   * Begins. A client without an id has its place before the source is started. All others look for theirs afterwards,
   * so that they find what the source gives while it is being subscribed. A tail that comes later wakes the client.
   */
  open(shared: SharedTail<T>): void {
    this.#shared = shared;
    shared.join(this, !this.isTold);
  }

  begin(tail: Tail<T>, isLate: boolean): void {
    this.#tail = tail;
    this.#wasOver = tail.end !== undefined;
    if (isLate) this.wake();
    else if (this.id === undefined) this.find();
  }

  fail(error: unknown): void {
    this.end = { failed: true, error };
    this.wake();
  }

  close(): void {
    this.#isWaiting = false;
    this.#asking?.unsubscribe();
    this.#shared?.leave(this);
  }

  /** Whether the feed was over before the client came. */
  get wasOver(): boolean {
    return this.#wasOver || this.#tail?.wasOver === true;
  }

  /** Whether the client is known to go on from where it is, in a feed that has had a message. */
  get isPlaced(): boolean {
    const isCurrent = this.#tail?.isCurrent === true;
    return isCurrent && this.ring !== undefined && (this.#isHeld || this.#tail?.hasFlowed === true);
  }

  /** Whether messages go out before those of the ring. */
  get isAhead(): boolean {
    return this.ahead !== undefined && this.ahead.size > 0;
  }

  /** Whether there is something to take, as far as is known now. */
  get isBehind(): boolean {
    return this.isAhead || (this.ring ? this.number < this.ring.next : !this.#asking);
  }

  /**
   * Finds what comes next: ahead, in the ring, or the id that the client was not told. Where there is nothing now,
   * `end` is set, or the client is woken later.
   */
  find(): boolean {
    this.#isWaiting = false;
    while (!this.end) {
      if (this.isAhead || (this.isUntold && !this.#tail?.end)) return true;
      if (this.#asking) break;
      const tail = this.#tail;
      const ring = tail?.ring;
      if (!tail || !ring || this.#isEarly) break;
      if (this.ring !== ring || this.number < ring.first) this.#look(tail, ring);
      else if (this.number < ring.next) return true;
      else if (tail.end) this.end = tail.end;
      else break;
    }
    this.#isWaiting = !this.end;
    return false;
  }

  /** Goes on after messages that were ahead. */
  passed(ahead: Fifo<Block<T>>, count: number): void {
    for (let index = 0; index < count; index++) {
      const { id } = ahead.shift().message;
      if (this.isPage) this.#reached(id);
    }
    this.taken += count;
  }

  /** Goes on in the ring, after messages that were taken of it. */
  advance(number: number, count: number, id: string | undefined): void {
    this.number = number;
    this.taken += count;
    this.#reached(id);
  }

  /** Takes all messages that were found. */
  takeMessages(): readonly T[] {
    const { ring, ahead } = this;
    if (ahead?.size) {
      const messages = ahead.slice(0).map(({ message }) => message);
      this.passed(ahead, messages.length);
      return messages;
    }
    if (!ring) return [];
    const messages = ring.messages(this.number, this.live);
    this.advance(ring.next, messages.length, ring.last);
    return messages;
  }

  #putAhead(block: Block<T>): void {
    (this.ahead ??= new Fifo()).push(block);
  }

  #reached(id: string | undefined): void {
    this.id = id ?? this.id;
    this.#lost = undefined;
  }

  /** Wakes whoever has found nothing: there may be more. */
  wake(): void {
    this.#isEarly = false;
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#waker.wake();
  }

  /** Looks for the place of the client's id, in the ring and in the log. */
  #look(tail: Tail<T>, ring: Ring<T>): void {
    const { id } = this;
    // Who was in a ring and is no more may have lost what followed.
    if (this.ring) this.#isHeld = false;
    this.ring = undefined;
    if (this.#known !== ring) this.live = ring.next;
    this.#known = ring;
    if (id === undefined && this.#rules.from === 'now') {
      this.#enterLive(ring);
      return;
    }
    this.#isHeld ||= id === ring.last;
    const number = id === undefined ? undefined : ring.after(id);
    if (number !== undefined && this.#isHeld) {
      this.#enter(ring, number);
      return;
    }
    // Where the ring has what follows, the log is asked only whether it holds that, too.
    const limit = number === undefined ? PAGE : 1;
    this.#ask(defer(() => observed(tail.log.read(id, limit))).pipe(first()), (page) => {
      this.#turn(tail, ring, page);
    });
  }

  #enter(ring: Ring<T>, number: number): void {
    this.ring = ring;
    this.number = number;
  }

  #enterLive(ring: Ring<T>): void {
    this.id = ring.last;
    this.isUntold = this.isTold;
    this.#enter(ring, ring.next);
  }

  /** Turns to a page of the log. */
  #turn(tail: Tail<T>, ring: Ring<T>, page: LogPage<T>): void {
    const { id } = this;
    const { messages, isGap, end } = page;
    const { isWhole, onGap } = this.#rules;
    const isLost = isGap && (id !== undefined || isWhole);
    if (isLost && onGap !== 'replay') {
      this.#recover(tail, id ?? '', onGap);
      return;
    }
    const number = isLost || id === undefined ? undefined : ring.after(id);
    // A client that begins at the start of nothing waits for the first message, as one without a place does.
    this.#isHeld = id !== undefined || messages.length > 0;
    this.isPage = true;
    if (number !== undefined && tail.ring === ring) this.#enter(ring, number);
    else if (messages.length > 0) for (const block of blocksOf(page)) this.#putAhead(block);
    else if (end) {
      this.#wasOver ||= this.taken === 0;
      this.end = end;
    } else if (isLost) this.#enterLive(ring);
    else if (id === undefined) this.#enter(ring, ring.first);
    else this.#isEarly = true;
  }

  /** Goes on after a snapshot, where the feed has one for those whose place is lost. */
  #recover(tail: Tail<T>, id: string, onGap: FeedRules<T>['onGap']): void {
    if (typeof onGap === 'string' || this.#lost !== undefined) {
      this.fail(new StreamGapError({ lastEventId: this.#lost ?? id }));
      return;
    }
    this.#lost = id;
    this.isPage = false;
    this.#ask(
      overSnapshot(
        tail.log,
        () => onGap(id),
        (message) => {
          this.#putAhead(new Block(message));
          this.wake();
        },
      ),
      (after) => {
        this.id = after;
        this.isUntold = this.isTold;
      },
    );
  }

  /** Awaits an answer, which may come at once. */
  #ask<A>(answer$: Observable<A>, answered: (answer: A) => void): void {
    this.#asking = new Subscription();
    const settle = (how: () => void): void => {
      this.#asking = undefined;
      how();
      this.wake();
    };
    this.#asking.add(
      answer$.pipe(last()).subscribe({
        next: (answer) => {
          settle(() => {
            answered(answer);
          });
        },
        error: (error: unknown) => {
          settle(() => {
            this.fail(error);
          });
        },
      }),
    );
  }
}
