import { Subscription, UnsubscriptionError, asyncScheduler, merge, noop, take, timer } from 'rxjs';
import type { TeardownLogic, Unsubscribable } from 'rxjs';
import type { BodyEnd } from './bodyOptions';
import { keptContext } from './keptContext';
import { report } from './report';

/** Time that an asynchronous teardown has to fail before the end is told without its failure, in milliseconds. */
const GRACE = 50;

/** The beginning and the end of one body, and all that runs in between. */
export class BodyLife {
  /** Runs a task in the asynchronous context in which the body was made. */
  readonly inContext = keptContext();
  isOver = false;
  /** The subscription of the source, which is ended last. */
  source: Unsubscribable | undefined;
  readonly #onEnd: ((end: BodyEnd) => unknown) | undefined;
  /** Counts what the reader was given. */
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

  /** Notes that the source is about to be subscribed. A body that never began is not told of. */
  begin(): void {
    this.#began = asyncScheduler.now();
  }

  /** Ends something with the body. */
  add(teardown: TeardownLogic): void {
    (this.#running ??= new Subscription()).add(teardown);
    if (this.isOver) this.#running.unsubscribe();
  }

  /** Runs a task later, in the context of the body, unless that is over by then. */
  later(ms: number, task: () => void): Subscription {
    const action = asyncScheduler.schedule(() => {
      action.unsubscribe();
      this.inContext(task);
    }, ms);
    this.add(action);
    return action;
  }

  /** Notes that the source has failed, which is how the body ends then, whatever becomes of its client. */
  failed(error: unknown): void {
    this.#failure = { error };
  }

  /** Notes what the teardown of the source has thrown. */
  torn(thrown: unknown): void {
    const error: unknown =
      thrown instanceof UnsubscriptionError && thrown.errors.length === 1 ? thrown.errors[0] : thrown;
    this.#teardownError ??= error;
    report(error);
  }

  /** Notes what a source that was told to stop has returned, which may be a promise. */
  stopping(result: unknown): void {
    this.#stopped = Promise.resolve(result).then(noop, (error: unknown) => {
      this.torn(error);
    });
  }

  /** Ends the body, once: unsubscribes, does what follows, and tells `onEnd`. */
  end(outcome: BodyEnd['outcome'], error?: unknown, then = noop): void {
    if (this.isOver) return;
    this.isOver = true;
    this.inContext(() => {
      this.#running?.unsubscribe();
      this.source?.unsubscribe();
      then();
      if (!this.#stopped) this.#tell(outcome, error);
      else
        merge(this.#stopped, timer(GRACE))
          .pipe(take(1))
          .subscribe({
            next: () => {
              this.inContext(() => {
                this.#tell(outcome, error);
              });
            },
            error: noop,
          });
    });
  }

  #tell(outcome: BodyEnd['outcome'], cause: unknown): void {
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
