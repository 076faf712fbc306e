import { Observable, ReplaySubject, Subject, Subscription, share } from 'rxjs';
import { oneAtATime } from '../flow/oneAtATime';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block, blocksOf } from './block';
import type { LogEnd, LogPage, MessageLog } from './log';
import { Ring } from './ring';

/** Number of messages that are read from a log at a time. */
export const PAGE = 256;

/**
 * The growing end of a log. It reads each new message once for all clients of a process, whenever the log reports a
 * change.
 *
 * @param failed - Receives the error of the log, after which the tail reads nothing more.
 */
export class Tail<T extends SseMessageInit> {
  /**
   * The newest messages. Unset until the head of the log is known, and replaced whenever the log has lost messages that
   * the tail had not read.
   */
  ring: Ring<T> | undefined;
  /** The end of the log, set once the tail has read everything before it. */
  end: LogEnd | undefined;
  /** Whether a message was appended since the tail began to follow the log. */
  hasFlowed = false;
  /** Whether the log has answered the first read, which is the first answer that can contain its end. */
  isCurrent = false;
  /** Whether the log had ended before the tail began to follow it. */
  wasOver = false;
  readonly #follow: () => void;
  readonly #changeSubject = new Subject<void>();
  /** Emits when there may be more for the clients. */
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

  /** Passes a message without an id to the clients that are live. */
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
      // With a new ring each client looks its own id up in the log, so that only clients whose id is lost get a gap.
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

/**
 * Returns the tail of a log, which all concurrent subscribers share. If the log fails, it errors with the same error.
 */
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
