import { asyncScheduler } from 'rxjs';
import { Fifo } from '../flow/fifo';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Block } from './block';
import { chunkOf } from './chunkOf';
import type { Chunk } from './chunkOf';

/** How far a live client may be behind, in bytes and in milliseconds: who is further behind reads the log. */
const MOST = 8 * 1024 * 1024;
const OLDEST = 30_000;
/** Memory that an entry takes besides its bytes. */
const ENTRY_COST = 128;

interface Entry<T extends SseMessageInit> {
  readonly block: Block<T>;
  /** Length of all blocks before it. */
  readonly start: number;
  /** When it came, by the clock of `asyncScheduler`. */
  readonly at: number;
}

/** A chunk of a ring, from one number up to, and without, another one. */
export interface Range extends Chunk {
  readonly from: number;
  readonly to: number;
}

/**
 * The newest messages of a log, counted, each encoded once. It holds what live clients have not taken yet; those that
 * fall behind it go on in the log.
 */
export class Ring<T extends SseMessageInit> {
  /** The number of the oldest entry. */
  first = 0;
  /** The id before the oldest entry: who has it has missed nothing. */
  base: string;
  /** The id of the newest message that has one. */
  last: string;
  readonly #entries = new Fifo<Entry<T>>();
  /** The number after the one of an id, the last one where it was repeated, of entries before a number. */
  readonly #after = new Map<string, number>();
  #indexed = 0;
  #length = 0;
  /** The number after the newest entry without an id. */
  #plain = 0;
  /** Ranges that were asked for last: nearly all live clients ask for the same. */
  #recent: Range | undefined;
  #other: Range | undefined;

  constructor(head: string) {
    this.base = this.last = head;
  }

  /** The number that the next entry gets. */
  get next(): number {
    return this.first + this.#entries.size;
  }

  /** @param id - None for a message that only those get who are live. */
  push(block: Block<T>, id: string | undefined): void {
    const now = asyncScheduler.now();
    this.#entries.push({ block, start: this.#length, at: now });
    this.#length += block.size;
    if (id) this.last = id;
    else this.#plain = this.next;
    this.#trim(now);
  }

  /** The number at which a client goes on that has an id, if it stands here or right before. */
  after(id: string): number | undefined {
    this.#index();
    const number = this.#after.get(id) ?? 0;
    if (number > this.first) return number;
    return id === this.base ? this.first : undefined;
  }

  /** Messages from a number on. */
  messages(from: number, live: number): readonly T[] {
    const messages = this.#entries.slice(from - this.first).map(({ block }) => block.message);
    return from < this.#plain && from < live
      ? messages.filter(({ id }, index) => id || from + index >= live)
      : messages;
  }

  /**
   * Bytes from a number on.
   *
   * @param limit - In bytes; the entry that reaches it is the last one.
   * @param live - Entries without an id before this number are left out.
   */
  range(from: number, limit: number, live: number): Range {
    const { next } = this;
    const isShared = from >= live || from >= this.#plain;
    const known = (range: Range | undefined): range is Range =>
      range?.from === from && (range.to === next || range.bytes.length >= limit);
    if (isShared && known(this.#recent)) return this.#recent;
    if (isShared && known(this.#other)) return this.#other;
    const chunk = chunkOf(
      (index) => (from + index < next ? this.#entries.at(from + index - this.first).block : undefined),
      limit,
      isShared ? undefined : ({ id }, index) => Boolean(id) || from + index >= live,
    );
    const range = { ...chunk, from, to: from + chunk.passed };
    if (isShared) {
      this.#other = this.#recent;
      this.#recent = range;
    }
    return range;
  }

  /** Notes the numbers after ids when somebody asks for one: most messages come and go without that. */
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
      const { block, start, at } = entries.at(0);
      if (now - at < OLDEST && this.#length - start + entries.size * ENTRY_COST <= MOST) break;
      entries.shift();
      this.first++;
      this.base = block.message.id || this.base;
    }
  }
}
