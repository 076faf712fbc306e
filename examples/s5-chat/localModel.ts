import { concat, concatMap, from, ignoreElements, of, throwError, timer } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';

/** Says something to a question, piece by piece. */
export type Model = (question: string) => ObservableInput<string>;

const ANSWER =
  'An Observable crosses HTTP with its three channels intact: “next” while the body flows, “complete” only ' +
  'when the stream really ended, and “error” for everything else — a cut in the middle is never an end. ' +
  'Unsubscribing travels back as an abort, so the server can stop thinking. Voilà ✓';

/** A text word by word. */
export const speak = (text: string, interval = 100): Observable<string> =>
  from(text.split(/(?= )/)).pipe(
    concatMap((word) => concat(of(word), timer(interval).pipe(ignoreElements()))),
  );

/** Answers everything alike; a question with the word “cut” is too much for it. */
export const localModel =
  (interval = 100): Model =>
  (question) =>
    /\bcut\b/i.test(question)
      ? concat(
          speak(ANSWER.slice(0, 120), interval),
          throwError(() => new Error('too much')),
        )
      : speak(ANSWER, interval);
