import { asyncScheduler } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { asError } from './asError';
import type { BodyLife } from './bodyLife';
import type { BodyEnd, BodyOptions } from './bodyOptions';
import { FirstValue } from './firstValue';
import { onAborted } from '../flow/onAborted';
import type { Outlet, SourceEnd } from './outlet';
import { INTERNAL_ERROR, publicReason } from './publicReason';

/**
 * Between the last chunk and an error, in milliseconds: servers, and proxies behind them, destroy a connection with
 * what they still hold. 5 ms were too short for a busy nginx.
 */
const GRACE = 50;

/** The ways in which a body ends. */
export class BodyEnds {
  /** What the public may know of the failure of the source. */
  reason = INTERNAL_ERROR;
  /** The source had ended before the client came. */
  wasOver = false;
  /** The wait for a first value, where the response waits for it. */
  first: FirstValue | undefined;
  readonly #outlet: Outlet<unknown>;
  readonly #life: BodyLife;
  /** Tells the reader of a body whose client has left, unless the reader has left as well. */
  #late: Subscription | undefined;
  #isDropped = false;

  constructor(outlet: Outlet<unknown>, life: BodyLife) {
    this.#outlet = outlet;
    this.#life = life;
  }

  /** Ends with the signals of the client that leaves, and of the application. */
  listen(left: AbortSignal | undefined, signal: AbortSignal | null | undefined): void {
    // The client's first: where both are the same, it is the client that has left.
    this.#listenTo(left, (reason) => {
      this.#left(reason);
    });
    this.#listenTo(signal, (reason) => {
      this.cut('aborted', reason);
    });
  }

  /** Begins to wait for the first value. */
  awaitFirst(stallTimeout: number): ReturnType<FirstValue['wait']> {
    this.first = new FirstValue(this);
    return this.first.wait(this.#life, stallTimeout);
  }

  /** Ends the body of a source that has completed or failed, once the reader has everything before that. */
  end({ failed, error }: SourceEnd): void {
    // A consumer that reads ahead has made its next read meanwhile, and that read has ended the body.
    if (this.#life.isOver) return;
    if (!failed) {
      this.#outlet.sink.close();
      this.#stop('completed');
      return;
    }
    this.#life.later(GRACE, () => {
      // Of an error that comes before the first byte servers make a response, its message included.
      this.cut('failed', this.#outlet.bytes === 0 ? new Error(this.reason, { cause: error }) : error);
    });
  }

  /** Notes that the source has completed. Throws where what it gave is no whole. */
  complete(): void {
    this.#outlet.complete();
    this.first?.settle();
  }

  /** Notes the failure of the source, in words for the public. */
  fail(error: unknown, mapError: BodyOptions<never>['mapError']): void {
    this.reason = publicReason(error, mapError);
    this.#outlet.fail(error, this.reason);
    this.first?.fail(error);
  }

  /** Fails the reader at once. */
  cut(outcome: BodyEnd['outcome'], error: unknown): void {
    this.first?.fail(error);
    this.#stop(outcome, error, () => {
      this.#outlet.sink.error(asError(error));
    });
  }

  /** Cuts off a client that does not read. */
  stall(stallTimeout: number, waiting = this.#outlet.waiting): void {
    this.cut(
      'stalled',
      new StreamOverflowError({ option: 'stallTimeout', limit: stallTimeout, size: waiting }),
    );
  }

  /** Ends a body that has no reader any more. */
  drop(outcome: BodyEnd['outcome'], error?: unknown): void {
    this.#isDropped = true;
    this.#late?.unsubscribe();
    this.#stop(outcome, error);
  }

  /** Ends the body for a reader that cancels it. Settles after the teardown, which is a task, too. */
  async cancel(): Promise<void> {
    this.drop('left');
    await new Promise<void>((resolve) => {
      this.#life.inContext(resolve);
    });
  }

  /**
   * A server whose client has left cancels the body soon. An error before that is one more failure to it, and some
   * print each; without a server the reader has to know that nothing more comes.
   */
  #left(reason: unknown): void {
    this.first?.fail(reason);
    this.#stop('left', undefined, () => {
      if (this.#isDropped) return;
      this.#late = asyncScheduler.schedule(() => {
        this.#outlet.sink.error(asError(reason));
      }, GRACE);
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
