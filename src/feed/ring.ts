import { asyncScheduler } from 'rxjs';
import { Fifo } from '../flow/fifo';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Block } from './block';
import { joinedBlocks } from './joinedBlocks';
import type { JoinedBlocks } from './joinedBlocks';

/** Bytes of entries that the ring retains. A client that is further behind reads the log instead. */
const MAX_BYTES = 8_388_608;
/** Milliseconds for which the ring retains an entry. */
const MAX_AGE = 30_000;
/** Bytes of memory that an entry takes in addition to its text. */
const ENTRY_COST = 128;

interface Entry<T extends SseMessageInit> {
  readonly block: Block<T>;
  /** Total length of all blocks that were pushed before it. */
  readonly start: number;
  /** Time of the push, by the clock of `asyncScheduler`. */
  readonly pushedAt: number;
}

/** The joined blocks of the entries from one number up to, but not including, another. */
export interface Range extends JoinedBlocks {
  readonly from: number;
  readonly to: number;
}

/**
 * The newest messages of a log, numbered in order, each encoded once for all clients. Clients that keep up take their
 * messages from the ring; a client that falls behind its oldest entry continues in the log.
 */
export class Ring<T extends SseMessageInit> {
  /** The number of the oldest entry. */
  first = 0;
  /** The id before the oldest entry: a client that sends it has missed nothing. */
  base: string;
  /** The id of the newest message that has one. */
  last: string;
  readonly #entries = new Fifo<Entry<T>>();
  /** The number that follows an id, for entries before `#indexed`. If an id was repeated, the last entry counts. */
  readonly #after = new Map<string, number>();
  #indexed = 0;
  /** Total length of all blocks that were ever pushed. */
  #length = 0;
  /** The number after the newest entry without an id. */
  #plain = 0;
  /** The two newest ranges, which are cached because nearly all live clients take the same range. */
  #recent: Range | undefined;
  #older: Range | undefined;

  constructor(head: string) {
    this.base = this.last = head;
  }

  /** The number of the next entry. */
  get next(): number {
    return this.first + this.#entries.size;
  }

  /** @param id - The id of the message, or `undefined` for a message that is only sent to live clients. */
  push(block: Block<T>, id: string | undefined): void {
    const now = asyncScheduler.now();
    this.#entries.push({ block, start: this.#length, pushedAt: now });
    this.#length += block.size;
    if (id) this.last = id;
    else this.#plain = this.next;
    this.#trim(now);
  }

  /** Returns the number at which a client continues after an id, if the id is in the ring or right before it. */
  after(id: string): number | undefined {
    this.#index();
    const number = this.#after.get(id) ?? 0;
    if (number > this.first) return number;
    return id === this.base ? this.first : undefined;
  }

  /** Returns the messages from a number on, without those before `live` that have no id. */
  messages(from: number, live: number): readonly T[] {
    const messages = this.#entries.slice(from - this.first).map(({ block }) => block.message);
    return from < this.#plain && from < live
      ? messages.filter(({ id }, index) => id || from + index >= live)
      : messages;
  }

  /**
   * Returns the bytes from a number on.
   *
   * @param limit - Number of bytes. The entry that reaches it is the last one.
   * @param live - Entries before this number are skipped if they have no id.
   */
  range(from: number, limit: number, live: number): Range {
    const { next } = this;
    const isShared = from >= live || from >= this.#plain;
    const known = (range: Range | undefined): range is Range =>
      range?.from === from && (range.to === next || range.bytes.length >= limit);
    if (isShared && known(this.#recent)) return this.#recent;
    if (isShared && known(this.#older)) return this.#older;
    const joined = joinedBlocks(
      (index) => (from + index < next ? this.#entries.at(from + index - this.first).block : undefined),
      limit,
      isShared ? undefined : ({ id }, index) => Boolean(id) || from + index >= live,
    );
    const range = { ...joined, from, to: from + joined.passed };
    if (isShared) {
      this.#older = this.#recent;
      this.#recent = range;
    }
    return range;
  }

  /**
   * Indexes new entries by their ids. Called only when an id is looked up, since most entries are never looked up.
   */
  #index(): void {
    const { first, next } = this;
    if (this.#after.size > 2 * this.#entries.size) {
      this.#after.clear();
      this.#indexed = first;
    }
    for (let number = Math.max(this.#indexed, first); number < next; number++) {
      const { id } = this.#entries.at(number - first).block.message;
      if (id) this.#after.set(id, number + 1);
    }
    this.#indexed = next;
  }

  #trim(now: number): void {
    const entries = this.#entries;
    while (entries.size > 1) {
      const { block, start, pushedAt } = entries.at(0);
      const size = this.#length - start + entries.size * ENTRY_COST;
      if (now - pushedAt < MAX_AGE && size <= MAX_BYTES) break;
      entries.shift();
      this.first++;
      this.base = block.message.id || this.base;
    }
  }
}
