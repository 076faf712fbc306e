import { Observable, ReplaySubject, Subject, Subscription, share } from 'rxjs';
import { oneAtATime } from '../flow/oneAtATime';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block, blocksOf } from './block';
import type { LogEnd, LogPage, MessageLog } from './log';
import { Ring } from './ring';

/** Number of messages that are read of a log at a time. */
export const PAGE = 256;

/**
 * The growing end of a log: follows the log once for all clients of a process.
 *
 * @param failed - Is told what the log fails with; the tail is of no use then.
 */
export class Tail<T extends SseMessageInit> {
  /**
   * The newest messages; another one each time that the log has lost what followed, and unset until its head is
   * known.
   */
  ring: Ring<T> | undefined;
  /** Set once the log has ended and all of it was read. */
  end: LogEnd | undefined;
  /** Whether a message has come since the tail began to follow the log. */
  hasFlowed = false;
  /** Whether the log has answered what follows its head: an engine tells only then that it had ended before. */
  isCurrent = false;
  /** Whether the log had ended before the tail began to follow it. */
  wasOver = false;
  readonly #follow: () => void;
  readonly #changeSubject = new Subject<void>();
  /** Emits when there may be more for its clients. */
  readonly changed$ = this.#changeSubject.asObservable();

  constructor(
    readonly log: MessageLog<T>,
    running: Subscription,
    failed: (error: unknown) => void,
  ) {
    this.#follow = oneAtATime<LogPage<T> | string>(
      {
        ask: () => (this.ring ? log.read(this.ring.last, PAGE) : log.head()),
        answered: (answer) => {
          if (typeof answer === 'string') this.#begin(answer);
          else if (this.ring) this.#add(this.ring, answer);
        },
        failed,
      },
      running,
    );
    running.add(log.changes.subscribe({ next: this.#follow, error: failed }));
    this.#follow();
  }

  /** Passes a message that has no id to whoever is live. */
  pass(message: T): void {
    this.ring?.push(new Block(message), undefined);
    this.#changeSubject.next();
  }

  #begin(head: string): void {
    this.ring = new Ring(head);
    this.#follow();
    this.#changeSubject.next();
  }

  #add(ring: Ring<T>, page: LogPage<T>): void {
    const { messages, isGap, end } = page;
    if (isGap) {
      // Clients look their own ids up in the log: only those whose id is lost have a gap.
      this.ring = undefined;
      this.#follow();
      return;
    }
    this.end = end;
    const isFirst = !this.isCurrent;
    this.wasOver ||= isFirst && end !== undefined;
    this.isCurrent = true;
    for (const block of blocksOf(page)) ring.push(block, block.message.id);
    if (messages.length === PAGE) this.#follow();
    this.hasFlowed ||= messages.length > 0;
    if (messages.length > 0 || end || isFirst) this.#changeSubject.next();
  }
}

const tails = /* @__PURE__ */ new WeakMap<object, Observable<unknown>>();

/** The tail of a log, one for all who subscribe it at a time. Errors with what the log fails with. */
export function tailOf<T extends SseMessageInit>(log: MessageLog<T>): Observable<Tail<T>> {
  let tail$ = tails.get(log) as Observable<Tail<T>> | undefined;
  if (!tail$) {
    tail$ = new Observable<Tail<T>>((subscriber) => {
      const running = new Subscription();
      subscriber.add(running);
      subscriber.next(
        new Tail(log, running, (error) => {
          subscriber.error(error);
        }),
      );
    }).pipe(share({ connector: () => new ReplaySubject(1) }));
    tails.set(log, tail$);
  }
  return tail$;
}
