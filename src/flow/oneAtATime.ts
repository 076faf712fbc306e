import type { ObservableInput, Subscription } from 'rxjs';
import { first } from 'rxjs';
import { observed } from './observed';

/** A request that is made repeatedly. */
export interface Asking<A> {
  /** Makes the request. It returns an array if it has the answer already, and it may throw. */
  readonly ask: () => ObservableInput<A>;
  /** Receives each answer. */
  readonly answered: (answer: A) => void;
  /** Receives what `ask` throws, or the error of the answer. */
  readonly failed: (error: unknown) => void;
}

/**
 * Returns a function that makes a request. If it is called while a request is pending, one more request follows that
 * one, however often it was called.
 *
 * Requests with an answer at once run in a loop, in which `expand` or `repeat` with a delay would recurse. Such an
 * answer needs no Observable, which would cost more than everything else that is done for a message.
 *
 * @param running - The requests end when this subscription is unsubscribed.
 */
export function oneAtATime<A>({ ask, answered, failed }: Asking<A>, running: Subscription): () => void {
  let isBusy = false;
  let isWanted = false;

  const once = (): void => {
    const answer = ask();
    if (Array.isArray(answer)) {
      answered(answer[0] as A);
      isBusy = false;
      return;
    }
    let isWithin = true;
    running.add(
      observed(answer)
        .pipe(first())
        .subscribe({
          next: (value) => {
            answered(value);
            isBusy = false;
            if (!isWithin) run();
          },
          error: failed,
        }),
    );
    isWithin = false;
  };

  const run = (): void => {
    while (isWanted && !isBusy && !running.closed) {
      isWanted = false;
      isBusy = true;
      try {
        once();
      } catch (error) {
        failed(error);
      }
    }
  };
  return () => {
    isWanted = true;
    run();
  };
}
