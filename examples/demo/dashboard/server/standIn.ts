import { concat, concatMap, from, ignoreElements, of, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/** Answers a question word by word, and can go on after so many words. */
export type ResumingModel = (question: string, said: number) => Observable<string>;

const ANSWERS: readonly (readonly [about: RegExp, answer: string])[] = [
  [
    /\b(cut|break|broke|lost|end|finished)/i,
    'A body that ends is not yet an answer that has ended. Proxies close a stream politely when the server behind ' +
      'them dies, and to a reader of bytes that looks like success. So this answer is whole only when its last ' +
      'message, [DONE], has come: endOn completes there, and errors with a StreamTruncatedError anywhere else. ' +
      'Press “Cut the answer” while I speak, and see what the panel calls it.',
  ],
  [
    /\b(bill|pay|paid|retry|twice|again|cost|key)/i,
    'A POST may act twice when it is sent twice, so fromEventSource never sends one again by itself. Here the page ' +
      'sends a key along with each question. The server keeps under that key what was said. Cut me off and press ' +
      '“Retry”: the words you have seen come back at once, I go on from there, and the bill stays as it was.',
  ],
  [
    /\b(stop|abort|cancel|unsubscrib)/i,
    'Stop unsubscribes. Unsubscribing aborts the request, the server sees its client leave, and the Observable that ' +
      'speaks these words is unsubscribed in turn: no token is made for nobody. Watch the number of answers under ' +
      'way fall to zero.',
  ],
  [
    /./,
    'An Observable over HTTP keeps its three promises on the way. What is next arrives as soon as it is said, ' +
      'however the network slices the bytes — even through the middle of a “ü” or a ✓. It completes only when the ' +
      'stream really ended. Everything else is an error with a name. And unsubscribing travels back: press Stop, ' +
      'and the server stops thinking. Voilà.',
  ],
];

/** Stands in for a language model. */
export const standIn =
  (interval = 70): ResumingModel =>
  (question, said) => {
    const [, answer = ''] = ANSWERS.find(([about]) => about.test(question)) ?? [];
    return from(answer.split(/(?= )/).slice(said)).pipe(
      concatMap((word) => concat(of(word), timer(interval).pipe(ignoreElements()))),
    );
  };
