import type { ObservableInput, Subscription } from 'rxjs';
import { first } from 'rxjs';
import { observed } from './observed';

/** A question that is asked again and again. */
export interface Asking<A> {
  /** May throw. The answer may come at once, in an array, or later. */
  readonly ask: () => ObservableInput<A>;
  readonly answered: (answer: A) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Returns a function that asks and, if it is called while the answer is on its way, asks once more afterwards. What
 * is answered at once is asked in a loop, where `expand`, and `repeat` with a delay, would recurse; and without an
 * Observable, which would cost more than all else that is done for a message.
 *
 * @param running - Ends it.
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
