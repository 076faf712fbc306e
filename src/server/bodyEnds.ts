import { AsyncSubject, asyncScheduler, lastValueFrom } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { MAX_DELAY } from '../protocol/limits';
import { asError } from './asError';
import type { BodyLife } from './bodyLife';
import type { BodyEnd } from './bodyOptions';
import { onAborted } from './onAborted';
import type { Outlet } from './outlet';
import { INTERNAL_ERROR } from './publicReason';

/**
 * Between the last chunk and an error, in milliseconds: servers, and proxies behind them, destroy a connection with what
 * they still hold. 5 ms were too short for a busy nginx.
 */
const GRACE = 50;

/** End of a source before its first value. */
export interface EarlyEnd {
  readonly failed: boolean;
  readonly error?: unknown;
  /** What the public may know of a failure. */
  readonly reason?: string;
  /** The failure was there before the client came, and will be. */
  readonly isFinal?: boolean;
}

/** The ways in which a body ends. */
export class BodyEnds {
  /** What the public may know of the failure of the source. */
  reason = INTERNAL_ERROR;
  /** The source had ended before the client came. */
  wasOver = false;
  readonly #outlet: Outlet<unknown>;
  readonly #life: BodyLife;
  /** Waits for the first value of the source, where the response does. */
  #first: AsyncSubject<boolean> | undefined;
  /** Waits for the first read of a body whose source was started before it. */
  #unread: Subscription | undefined;
  /** Tells the reader of a body whose client has left, unless the reader has left as well. */
  #late: Subscription | undefined;
  #isDropped = false;

  constructor(outlet: Outlet<unknown>, life: BodyLife) {
    this.#outlet = outlet;
    this.#life = life;
  }

  /** Ends with the signals of the request and of the application. */
  listen(request: Request | undefined, signal: AbortSignal | null | undefined): void {
    // The client's first: where both are the same, it is the client that has left.
    this.#listenTo(request?.signal, (reason) => {
      this.#left(reason);
    });
    this.#listenTo(signal, (reason) => {
      this.cut('aborted', reason);
    });
  }

  /** Settles once the source has given a value or completed; with its end if that came before and there is nothing to read. */
  awaitFirst(stallTimeout: number): Promise<EarlyEnd | undefined> {
    this.#first = new AsyncSubject();
    return lastValueFrom(this.#first, { defaultValue: false }).then(
      (isNothing) => {
        if (isNothing) {
          this.drop('completed');
          return { failed: false };
        }
        this.#awaitRead(stallTimeout);
        return undefined;
      },
      (error: unknown) => {
        this.drop('failed', error);
        return { failed: true, error, reason: this.reason, isFinal: this.wasOver };
      },
    );
  }

  /**
   * Notes that the source has given a value, or has completed.
   *
   * @param isNothing - There is nothing to read, and never will be.
   */
  settle(isNothing = false): void {
    if (isNothing) this.#first?.next(true);
    this.#first?.complete();
  }

  /** Notes that the reader is there. */
  read(): void {
    this.#unread?.unsubscribe();
  }

  /** Ends the body of a source that has completed or failed, once the reader has everything before that. */
  end(failed: boolean, error: unknown): void {
    // A consumer that reads ahead has made its next read meanwhile, and that read has ended the body.
    if (this.#life.isOver) return;
    if (!failed) {
      this.#outlet.controller.close();
      this.#stop('completed');
      return;
    }
    this.#life.later(GRACE, () => {
      // Of an error that comes before the first byte servers make a response, its message included.
      this.cut('failed', this.#outlet.bytes === 0 ? new Error(this.reason, { cause: error }) : error);
    });
  }

  /** Notes the failure of the source. */
  fail(error: unknown, reason: string): void {
    this.reason = reason;
    this.#first?.error(error);
  }

  /** Fails the reader at once. */
  cut(outcome: BodyEnd['outcome'], error: unknown): void {
    this.#first?.error(error);
    this.#stop(outcome, error, () => {
      this.#outlet.controller.error(asError(error));
    });
  }

  /** Ends a body that has no reader any more. */
  drop(outcome: BodyEnd['outcome'], error?: unknown): void {
    this.#isDropped = true;
    this.#late?.unsubscribe();
    this.#stop(outcome, error);
  }

  /**
   * A server whose client has left cancels the body soon. An error before that is one more failure to it, and some print
   * each; without a server the reader has to know that nothing more comes.
   */
  #left(reason: unknown): void {
    this.#first?.error(reason);
    this.#stop('left', undefined, () => {
      if (this.#isDropped) return;
      this.#late = asyncScheduler.schedule(() => {
        this.#outlet.controller.error(asError(reason));
      }, GRACE);
    });
  }

  /** Servers drop a response whose client has left meanwhile, and tell nobody. */
  #awaitRead(stallTimeout: number): void {
    if (this.#life.isOver || stallTimeout > MAX_DELAY) return;
    this.#unread = this.#life.later(stallTimeout, () => {
      this.cut('stalled', new StreamOverflowError('stallTimeout', stallTimeout, this.#outlet.waiting));
    });
  }

  #listenTo(signal: AbortSignal | null | undefined, end: (reason: unknown) => void): void {
    if (signal) this.#life.add(onAborted(signal, end));
  }

  #stop(outcome: BodyEnd['outcome'], error?: unknown, then?: () => void): void {
    this.#outlet.clear();
    this.#life.end(outcome, error, then);
  }
}
