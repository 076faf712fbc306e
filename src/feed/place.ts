import { Fifo } from '../flow/fifo';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Block } from './block';
import type { LogEnd } from './log';
import type { Ring } from './ring';

/**
 * The place of one client in a feed: a number in the ring of the newest messages or, for a client that is further
 * behind, an id in the log. It buffers a page of the log or a snapshot at most. `findPlace` sets it, and taking
 * messages moves it.
 */
export class Place<T extends SseMessageInit> {
  /** Number of messages that the client has taken. */
  taken = 0;
  /** The end of the feed for this client, set once the client has taken everything before it. */
  end: LogEnd | undefined;
  /** The ring from which the client reads, unset while the client is behind the ring. */
  ring: Ring<T> | undefined;
  /** The number of the next message in the ring. */
  number = 0;
  /**
   * The next number of the ring at the time the client came. Earlier messages without an id are not for this client.
   */
  live = 0;
  /** Messages that the client takes before those of the ring: the rest of a page, or of a snapshot. */
  ahead: Fifo<Block<T>> | undefined;
  /** Whether the messages of `ahead` are a page of the log, and not a snapshot. */
  isPage = false;
  /** The id after which the client continues. Without a Last-Event-ID it is unset until the client has a place. */
  id: string | undefined;
  /** Whether the client still has to be sent `id`, because it has received no message with that id. */
  isIdUnsent = false;
  /** Whether the log is known to retain the messages that follow `id`. */
  isRetained = false;
  /** Whether the log has no message after `id`, and the tail has not read as far as `id` yet. A change resets it. */
  isAheadOfTail = false;
  /** Whether the feed had ended before the client came. */
  isAfterEnd = false;
  /** The id after which the client has lost messages, unset again once the client has taken a later message. */
  lostAfter: string | undefined;
  /** The ring that numbers `live`. */
  #knownRing: Ring<T> | undefined;

  /** Whether the client has to be sent the id after which it begins. */
  get needsId(): boolean {
    return false;
  }

  /** Whether `ahead` has messages. */
  get isAhead(): boolean {
    return this.ahead !== undefined && this.ahead.size > 0;
  }

  /** Adds a message that the client takes before those of the ring. */
  putAhead(block: Block<T>): void {
    (this.ahead ??= new Fifo()).push(block);
  }

  /** Takes the client out of its ring, before the place of its id is searched for in the present ring. */
  startSearch(ring: Ring<T>): void {
    // The messages that followed the client's number in its old ring may be lost.
    if (this.ring) this.isRetained = false;
    this.ring = undefined;
    if (this.#knownRing !== ring) this.live = ring.next;
    this.#knownRing = ring;
  }

  /** Enters a ring at a number. */
  enter(ring: Ring<T>, number: number): void {
    this.ring = ring;
    this.number = number;
  }

  /** Enters a ring after its newest message. */
  enterLive(ring: Ring<T>): void {
    this.beginAfter(ring.last);
    this.enter(ring, ring.next);
  }

  /** Begins after an id that no message has sent to the client. */
  beginAfter(id: string): void {
    this.id = id;
    this.isIdUnsent = this.needsId;
  }

  /** Removes messages that the client has taken from `ahead`. */
  shiftAhead(ahead: Fifo<Block<T>>, count: number): void {
    for (let index = 0; index < count; index++) {
      const { id } = ahead.shift().message;
      if (this.isPage) this.#reach(id);
    }
    this.taken += count;
  }

  /** Moves to a later number of the ring, after the client has taken the messages before it. */
  advance(number: number, count: number, id: string | undefined): void {
    this.number = number;
    this.taken += count;
    this.#reach(id);
  }

  /** Takes all messages that are ahead, otherwise all messages of the ring. */
  takeMessages(): readonly T[] {
    const { ring, ahead } = this;
    if (ahead?.size) {
      const messages = ahead.slice(0).map(({ message }) => message);
      this.shiftAhead(ahead, messages.length);
      return messages;
    }
    if (!ring) return [];
    const messages = ring.messages(this.number, this.live);
    this.advance(ring.next, messages.length, ring.last);
    return messages;
  }

  #reach(id: string | undefined): void {
    this.id = id ?? this.id;
    this.lostAfter = undefined;
  }
}
