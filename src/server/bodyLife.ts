import { Subscription, UnsubscriptionError, asyncScheduler, merge, noop, take, timer } from 'rxjs';
import type { TeardownLogic, Unsubscribable } from 'rxjs';
import type { BodyEnd } from './bodyOptions';
import { keptContext } from './keptContext';
import { report } from './report';

/** Time for which `onEnd` waits for the failure of an asynchronous teardown, in milliseconds. */
const GRACE = 50;

/** Lifetime of a body: its beginning, its end, and the subscriptions that end with it. */
export class BodyLife {
  /** Runs a task in the asynchronous context in which the body was made. */
  readonly inContext = keptContext();
  isOver = false;
  /** The subscription to the source, which ends after all others. */
  source: Unsubscribable | undefined;
  readonly #onEnd: ((end: BodyEnd) => unknown) | undefined;
  /** Counts the values and bytes that the client has received. */
  readonly #given: Pick<BodyEnd, 'messages' | 'bytes'>;
  #running: Subscription | undefined;
  #began: number | undefined;
  #failure: Pick<BodyEnd, 'error'> | undefined;
  #teardownError: unknown;
  #stopped: Promise<void> | undefined;

  constructor(onEnd: ((end: BodyEnd) => unknown) | undefined, given: Pick<BodyEnd, 'messages' | 'bytes'>) {
    this.#onEnd = onEnd;
    this.#given = given;
  }

  /** Records that the body is about to subscribe to its source. A body that never does so does not call `onEnd`. */
  begin(): void {
    this.#began = asyncScheduler.now();
  }

  /** Adds a teardown that runs when the body ends, or at once if the body has ended. */
  add(teardown: TeardownLogic): void {
    (this.#running ??= new Subscription()).add(teardown);
    if (this.isOver) this.#running.unsubscribe();
  }

  /** Runs a task later in the context of the body, unless the body has ended by then. */
  later(ms: number, task: () => void): Subscription {
    const action = asyncScheduler.schedule(() => {
      action.unsubscribe();
      this.inContext(task);
    }, ms);
    this.add(action);
    return action;
  }

  /** Records the error of the source, which becomes the outcome of the body even if its client disconnects. */
  failed(error: unknown): void {
    this.#failure = { error };
  }

  /** Records and reports an error that the teardown of the source has thrown. */
  torn(thrown: unknown): void {
    const error: unknown =
      thrown instanceof UnsubscriptionError && thrown.errors.length === 1 ? thrown.errors[0] : thrown;
    this.#teardownError ??= error;
    report(error);
  }

  /** Waits for the result of stopping the source, which may be a promise, before `onEnd` is called. */
  stopping(result: unknown): void {
    this.#stopped = Promise.resolve(result).then(noop, (error: unknown) => {
      this.torn(error);
    });
  }

  /** Ends the body once: runs all teardowns, then `then`, and calls `onEnd` last. */
  end(outcome: BodyEnd['outcome'], error?: unknown, then = noop): void {
    if (this.isOver) return;
    this.isOver = true;
    this.inContext(() => {
      this.#running?.unsubscribe();
      this.source?.unsubscribe();
      then();
      if (!this.#stopped) this.#callOnEnd(outcome, error);
      else
        merge(this.#stopped, timer(GRACE))
          .pipe(take(1))
          .subscribe({
            next: () => {
              this.inContext(() => {
                this.#callOnEnd(outcome, error);
              });
            },
            error: noop,
          });
    });
  }

  #callOnEnd(outcome: BodyEnd['outcome'], cause: unknown): void {
    if (this.#began === undefined) return;
    const { messages, bytes } = this.#given;
    const duration = asyncScheduler.now() - this.#began;
    const failure = this.#failure;
    const error = failure ? failure.error : (cause ?? this.#teardownError);
    new Promise((resolve) => {
      resolve(this.#onEnd?.({ outcome: failure ? 'failed' : outcome, error, messages, bytes, duration }));
    }).catch(report);
  }
}
