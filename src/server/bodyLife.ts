import { UnsubscriptionError, asyncScheduler, from, merge, noop, take, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { BodyEnd } from './bodyOptions';
import { keptContext } from './keptContext';
import type { InContext } from './keptContext';
import { report } from './report';

/** Time that an asynchronous teardown has to fail before the end is told without its failure, in milliseconds. */
const GRACE = 50;

/** The beginning and the end of one body. */
export interface BodyLife {
  /** Runs a task in the asynchronous context in which the body was made. */
  readonly inContext: InContext;
  readonly isOver: () => boolean;
  /** Notes that the source is about to be subscribed. A body that never began is not told of. */
  readonly begin: () => void;
  /** Notes what the reader was given. */
  readonly sent: (messages: number, bytes: number) => void;
  /** Notes that the source has failed, which is how the body ends then, whatever becomes of its client. */
  readonly failed: (error: unknown) => void;
  /** Notes what the teardown of the source has thrown. */
  readonly torn: (error: unknown) => void;
  /** Notes what a source that was told to stop has returned, which may be a promise. */
  readonly stopping: (result: unknown) => void;
  /** Ends the body, once: unsubscribes, does what follows, and tells `onEnd`. */
  readonly end: (outcome: BodyEnd['outcome'], error?: unknown, then?: () => void) => void;
}

/** @param running - Everything that runs for the body. */
export function bodyLife(onEnd: ((end: BodyEnd) => unknown) | undefined, running: Subscription): BodyLife {
  const inContext = keptContext();
  let began: number | undefined;
  let over = false;
  let messages = 0;
  let bytes = 0;
  let failure: Pick<BodyEnd, 'error'> | undefined;
  let teardownError: unknown;
  let stopped: Promise<void> | undefined;

  const torn = (thrown: unknown): void => {
    const error: unknown =
      thrown instanceof UnsubscriptionError && thrown.errors.length === 1 ? thrown.errors[0] : thrown;
    teardownError ??= error;
    report(error);
  };

  const tell = (outcome: BodyEnd['outcome'], cause: unknown): void => {
    if (began === undefined) return;
    const duration = asyncScheduler.now() - began;
    const error = failure ? failure.error : (cause ?? teardownError);
    new Promise((resolve) => {
      resolve(onEnd?.({ outcome: failure ? 'failed' : outcome, error, messages, bytes, duration }));
    }).catch(report);
  };

  return {
    inContext,
    torn,
    isOver: () => over,
    begin: () => {
      began = asyncScheduler.now();
    },
    sent: (more, size) => {
      messages += more;
      bytes += size;
    },
    failed: (error) => {
      failure = { error };
    },
    stopping: (result) => {
      stopped = Promise.resolve(result).then(noop, torn);
    },
    end: (outcome, error, then = noop) => {
      if (over) return;
      over = true;
      inContext(() => {
        running.unsubscribe();
        then();
        if (!stopped) tell(outcome, error);
        else
          merge(from(stopped), timer(GRACE))
            .pipe(take(1))
            .subscribe({
              next: () => {
                inContext(() => {
                  tell(outcome, error);
                });
              },
              error: noop,
            });
      });
    },
  };
}
