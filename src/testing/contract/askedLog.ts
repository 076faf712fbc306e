import {
  catchError,
  concat,
  concatMap,
  defer,
  first,
  from,
  ignoreElements,
  lastValueFrom,
  merge,
  takeUntil,
  throwError,
} from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { quoted } from '../../errors';
import type { LogEnd, LogPage, MessageLog } from '../../feed/log';
import type { SseMessageInit } from '../../protocol/sseMessage';
import { expectSame } from './expectSame';

/** One run of a case: what it waits for, and its end. */
export interface CaseRun {
  /** What was expected, in words, oldest first. */
  readonly awaited: { readonly expected: string }[];
  /** Emits when the case is over, also when its time is up. */
  readonly over$: Observable<void>;
}

/** More messages than a case appends. */
const MOST = 1_000;

const reasonOf = (error: unknown): string => quoted(error instanceof Error ? error.message : String(error));

/** A log whose every answer is awaited in words, so that a failure names the member at fault. */
export class AskedLog {
  constructor(
    readonly log: MessageLog,
    readonly run: CaseRun,
  ) {}

  /** Appends messages with nothing but data. */
  async append(data: readonly unknown[], end?: LogEnd): Promise<readonly string[]> {
    return this.appendMessages(
      data.map((each) => ({ data: each })),
      end,
    );
  }

  async appendMessages(messages: readonly SseMessageInit[], end?: LogEnd): Promise<readonly string[]> {
    const what = `append(${messages.length} messages${end ? ', end' : ''})`;
    const ids = await this.#ids(what, messages, end);
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      throw new Error(`${what}: expected an array of ids that are strings, got ${reasonOf(ids)}`);
    }
    expectSame(`${what}: the number of ids`, messages.length, ids.length);
    return ids;
  }

  /** Whether an append fails: it throws, rejects or completes without an answer. */
  async refuses(data: readonly unknown[], end?: LogEnd): Promise<boolean> {
    const messages = data.map((each) => ({ data: each }));
    return this.#ids('append', messages, end).then(
      () => false,
      () => true,
    );
  }

  async read(after: string | undefined, limit: number): Promise<LogPage> {
    const what = this.reading(after, limit);
    const page = await this.#answer(what, () => this.log.read(after, limit));
    if (!Array.isArray((page as Partial<LogPage> | null)?.messages)) {
      throw new Error(`${what}: expected a page with messages, got ${reasonOf(page)}`);
    }
    if (page.messages.length > limit) {
      throw new Error(`${what}: expected ${limit} messages at the most, got ${page.messages.length}`);
    }
    return page;
  }

  /** A call of `read`, in words. */
  reading(after: string | undefined, limit: number): string {
    return `read(${after === undefined ? 'undefined' : `'${quoted(after)}'`}, ${limit})`;
  }

  /** Reads, and expects no gap and certain data. */
  async expectData(after: string | undefined, limit: number, data: readonly unknown[]): Promise<LogPage> {
    const page = await this.read(after, limit);
    const what = this.reading(after, limit);
    expectSame(
      `${what}: the data of its messages`,
      data,
      page.messages.map((message) => message.data),
    );
    expectSame(`${what}: isGap`, false, page.isGap ?? false);
    return page;
  }

  /** Reads all that follows an id, page by page until one has fewer messages than it may have. */
  async readAll(after: string | undefined, limit: number): Promise<SseMessageInit[]> {
    const all: SseMessageInit[] = [];
    let isLast = false;
    while (!isLast) {
      const last = all.length > 0 ? all.at(-1)?.id : after;
      const { messages, isGap } = await this.read(last, limit);
      expectSame(`${this.reading(last, limit)}: isGap`, false, isGap ?? false);
      all.push(...messages);
      isLast = messages.length < limit;
      // Without a bound a log that answers at once would never give the timer of the case a turn.
      if (all.length > MOST)
        throw new Error(`read in pages of ${limit}: expected a last page, got ${all.length} messages`);
    }
    return all;
  }

  async head(): Promise<string> {
    const id: unknown = await this.#answer('head()', () => this.log.head());
    if (typeof id !== 'string' || id === '') {
      throw new Error(`head(): expected an id, a string that is not empty, got ${reasonOf(id)}`);
    }
    return id;
  }

  /**
   * Does something, and waits until `changes` emits and `read` then gives a page as it is expected. `changes` is
   * subscribed first.
   */
  async told(
    after: string,
    isExpected: (page: LogPage) => boolean,
    act: () => Promise<unknown>,
    what: string,
  ): Promise<void> {
    const expected = `changes: expected to emit after ${what}, once read gives what has changed`;
    const told$ = concat(
      this.log.changes,
      throwError(() => new Error('it completed')),
    ).pipe(
      catchError((cause: unknown) =>
        throwError(() => new Error(`${expected}, got the error '${reasonOf(cause)}'`, { cause })),
      ),
      concatMap(() => this.read(after, 10)),
      first(isExpected),
    );
    await this.awaits(expected, merge(told$, defer(act).pipe(ignoreElements())).pipe(first()));
  }

  /** Awaits the last value of an Observable. When the time of the case is up, its error says what was expected. */
  async awaits<A>(expected: string, answer$: Observable<A>): Promise<A> {
    const entry = { expected };
    const { awaited, over$ } = this.run;
    awaited.push(entry);
    try {
      return await lastValueFrom(answer$.pipe(takeUntil(over$)));
    } finally {
      awaited.splice(awaited.indexOf(entry), 1);
    }
  }

  #ids(what: string, messages: readonly SseMessageInit[], end?: LogEnd): Promise<unknown> {
    return this.#answer(what, () => this.log.append(messages, end));
  }

  async #answer<A>(what: string, ask: () => ObservableInput<A>): Promise<A> {
    try {
      return await this.awaits(`${what}: expected an answer`, defer(() => from(ask())).pipe(first()));
    } catch (cause) {
      throw new Error(`${what}: expected an answer, got the error '${reasonOf(cause)}'`, { cause });
    }
  }
}
