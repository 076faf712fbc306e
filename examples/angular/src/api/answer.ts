import { concat, concatMap, from, ignoreElements, of, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';

const ANSWER =
  'An answer comes word by word, over a POST that passed the interceptors of this application like any other ' +
  'request. Stop unsubscribes, and the server stops thinking. Only a marker at the end says that the answer is ' +
  'whole; without it this would be shown as cut off. Ask for a “cut” to see that.';

const BETWEEN_WORDS = 60;

/** A stand-in for a model. It breaks down when a question has the word “cut”. */
export function answerTo(question: string): Observable<SseMessageInit> {
  const words = ANSWER.split(/(?= )/);
  const breaks = /\bcut\b/i.test(question);
  const word$ = from(breaks ? words.slice(0, 12) : words).pipe(
    concatMap((word) => concat(of({ data: { word } }), timer(BETWEEN_WORDS).pipe(ignoreElements()))),
  );
  return breaks
    ? concat(
        word$,
        throwError(() => new Error('The model broke down.')),
      )
    : word$;
}
