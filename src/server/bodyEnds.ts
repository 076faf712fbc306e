import { asyncScheduler } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { asError } from './asError';
import type { BodyLife } from './bodyLife';
import type { BodyEnd, BodyOptions } from './bodyOptions';
import { FirstValue } from './firstValue';
import { onAborted } from '../flow/onAborted';
import { standIn } from '../flow/standIn';
import type { Outlet } from './outlet';
import { INTERNAL_ERROR, publicReason } from './publicReason';
import type { SourceEnd } from './sourceEnd';

/**
 * Time between the last chunk and an error, in milliseconds. On an error, servers and the proxies behind them destroy
 * the connection together with the chunks that they still buffer. 5 ms were too short for a busy nginx.
 */
const GRACE = 50;

/** Ends of a body: the source ends, the consumer or the client disconnects, or the body cuts the client off. */
export class BodyEnds {
  /** Text about the failure of the source that clients may see. */
  reason = INTERNAL_ERROR;
  /** Whether the source had ended before the client connected. */
  wasOver = false;
  /** Waits for the first value of the source, if the response waits for it. */
  first: FirstValue | undefined;
  readonly #outlet: Outlet<unknown>;
  readonly #life: BodyLife;
  /** Errors the stream of a body whose client has disconnected, unless its consumer cancels it before. */
  #late: Subscription | undefined;
  #isDropped = false;

  constructor(outlet: Outlet<unknown>, life: BodyLife) {
    this.#outlet = outlet;
    this.#life = life;
  }

  /** Ends the body when the signal of the request or that of the application aborts. */
  listen(disconnected: AbortSignal | undefined, signal: AbortSignal | null | undefined): void {
    // If both are the same signal, the client has disconnected, so that signal comes first.
    this.#listenTo(disconnected, (reason) => {
      this.#disconnected(reason);
    });
    this.#listenTo(signal, (reason) => {
      this.cut('aborted', reason);
    });
  }

  /** Starts the source, and waits for its first value. */
  awaitFirst(stallTimeout: number, start: () => void): ReturnType<FirstValue['wait']> {
    return (this.first = new FirstValue(this)).wait(this.#life, stallTimeout, start);
  }

  /** Ends the body after its source has completed or failed, and the client has received everything before that. */
  end({ failed, error }: SourceEnd): void {
    // A consumer that reads ahead has made its next read within `send`, and that read has ended the body.
    if (this.#life.isOver) return;
    if (!failed) {
      this.#outlet.sink.close();
      this.#stop('completed');
      return;
    }
    // No chunk is under way. Servers show the message of such an error to the client, so it is the public text.
    if (this.#outlet.bytes === 0) this.cut('failed', standIn(this.reason, error));
    else
      this.#life.later(GRACE, () => {
        this.cut('failed', error);
      });
  }

  /** Records and sends the completion of the source, or a failure if the source has stopped within a relayed line. */
  complete(mapError: BodyOptions<never>['mapError'], send: () => void): void {
    try {
      this.#outlet.complete();
    } catch (error) {
      this.fail(error, mapError, send);
      return;
    }
    this.first?.settle();
    send();
  }

  /** Records the failure of the source, and sends it with the text that clients may see. */
  fail(error: unknown, mapError: BodyOptions<never>['mapError'], send: () => void): void {
    if (this.#life.isOver) return;
    this.#life.failed(error);
    this.#life.inContext(() => {
      if (this.#life.isOver) return;
      this.reason = publicReason(error, mapError);
      this.#outlet.fail(error, this.reason);
      this.first?.fail(error);
      send();
    });
  }

  /** Errors the stream at once. */
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

  /** Ends a body that has no consumer any more. */
  drop(outcome: BodyEnd['outcome'], error?: unknown): void {
    this.#isDropped = true;
    this.#late?.unsubscribe();
    this.#stop(outcome, error);
  }

  /** Ends the body for a consumer that cancels it. Settles after the teardown, which is a task before this one. */
  async cancel(): Promise<void> {
    this.drop('left');
    await new Promise<void>((resolve) => {
      this.#life.inContext(resolve);
    });
  }

  /**
   * Ends the body of a client that has disconnected. The server then cancels the body soon, and some servers log an
   * error that comes before. Without a server, the stream errors, because its consumer would otherwise wait for ever.
   */
  #disconnected(reason: unknown): void {
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
