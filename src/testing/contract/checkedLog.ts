import { catchError, concat, concatMap, defer, first, ignoreElements, merge, throwError } from 'rxjs';
import { quoted } from '../../errors';
import type { LogEnd, LogPage, MessageLog } from '../../feed/log';
import type { SseMessageInit } from '../../protocol/sseMessage';
import type { CaseRun } from './caseRun';
import { dataOf } from './dataOf';
import { expectSame } from './expectSame';
import { reasonOf } from './reasonOf';

/** More messages than any case appends. */
const MAX_MESSAGES = 1_000;

/** A log whose answers are checked for their form. Each error names the member of the log that is at fault. */
export class CheckedLog {
  constructor(
    readonly log: MessageLog,
    readonly run: CaseRun,
  ) {}

  /** Appends messages that have only data. */
  async append(data: readonly unknown[], end?: LogEnd): Promise<readonly string[]> {
    return this.appendMessages(
      data.map((each) => ({ data: each })),
      end,
    );
  }

  /** Appends messages, and checks that the answer has an id for each of them. */
  async appendMessages(messages: readonly SseMessageInit[], end?: LogEnd): Promise<readonly string[]> {
    const what = `append(${messages.length} messages${end ? ', end' : ''})`;
    const ids = await this.#ids(what, messages, end);
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      throw new Error(`${what}: expected an array of ids that are strings, got ${reasonOf(ids)}`);
    }
    expectSame(`${what}: the number of ids`, messages.length, ids.length);
    return ids;
  }

  /** Returns whether an append fails: it throws, rejects, or completes without an answer. */
  async refuses(data: readonly unknown[], end?: LogEnd): Promise<boolean> {
    const messages = data.map((each) => ({ data: each }));
    return this.#ids('append', messages, end).then(
      () => false,
      () => true,
    );
  }

  /** Reads, and checks that the answer is a page within the limit. */
  async read(after: string | undefined, limit: number): Promise<LogPage> {
    const what = this.reading(after, limit);
    const page = await this.run.answer(what, () => this.log.read(after, limit));
    if (!Array.isArray((page as Partial<LogPage> | null)?.messages)) {
      throw new Error(`${what}: expected a page with messages, got ${reasonOf(page)}`);
    }
    if (page.messages.length > limit) {
      throw new Error(`${what}: expected ${limit} messages at the most, got ${page.messages.length}`);
    }
    return page;
  }

  /** Returns a call of `read` in words. */
  reading(after: string | undefined, limit: number): string {
    return `read(${after === undefined ? 'undefined' : `'${quoted(after)}'`}, ${limit})`;
  }

  /** Reads, and checks that the page has no gap and the expected data. */
  async expectData(after: string | undefined, limit: number, data: readonly unknown[]): Promise<LogPage> {
    const page = await this.read(after, limit);
    const what = this.reading(after, limit);
    expectSame(`${what}: the data of its messages`, data, dataOf(page.messages));
    expectSame(`${what}: isGap`, false, page.isGap ?? false);
    return page;
  }

  /** Reads all messages that follow an id, page by page, until a page has fewer messages than the limit. */
  async readAll(after: string | undefined, limit: number): Promise<SseMessageInit[]> {
    const all: SseMessageInit[] = [];
    let isLast = false;
    while (!isLast) {
      const last = all.length > 0 ? all.at(-1)?.id : after;
      const { messages, isGap } = await this.read(last, limit);
      expectSame(`${this.reading(last, limit)}: isGap`, false, isGap ?? false);
      all.push(...messages);
      isLast = messages.length < limit;
      // A log that answers synchronously would loop here for ever, before the timer of the case could fire.
      if (all.length > MAX_MESSAGES)
        throw new Error(`read in pages of ${limit}: expected a last page, got ${all.length} messages`);
    }
    return all;
  }

  /** Returns the head, and checks that it is an id. */
  async head(): Promise<string> {
    const id: unknown = await this.run.answer('head()', () => this.log.head());
    if (typeof id !== 'string' || id === '') {
      throw new Error(`head(): expected an id, a string that is not empty, got ${reasonOf(id)}`);
    }
    return id;
  }

  /**
   * Subscribes to `changes`, performs an action, and waits until `changes` emits and `read` gives the expected page.
   *
   * @param what - The action in words.
   */
  async expectChange(
    after: string,
    isExpected: (page: LogPage) => boolean,
    act: () => Promise<unknown>,
    what: string,
  ): Promise<void> {
    const expected = `changes: expected to emit after ${what}, once read gives what has changed`;
    const changed$ = concat(
      this.log.changes,
      throwError(() => new Error('it completed')),
    ).pipe(
      catchError((cause: unknown) =>
        throwError(() => new Error(`${expected}, got the error '${reasonOf(cause)}'`, { cause })),
      ),
      concatMap(() => this.read(after, 10)),
      first(isExpected),
    );
    await this.run.last(expected, merge(changed$, defer(act).pipe(ignoreElements())).pipe(first()));
  }

  #ids(what: string, messages: readonly SseMessageInit[], end?: LogEnd): Promise<unknown> {
    return this.run.answer(what, () => this.log.append(messages, end));
  }
}
