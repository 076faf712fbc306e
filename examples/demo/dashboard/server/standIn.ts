import { speak } from '../../../s5-chat/localModel';
import type { Model } from '../../../s5-chat/localModel';

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
      'makes an id for each question, and the server keeps under that id what I say. Cut me off and press “Retry”, or ' +
      'reload the page: I have not stopped talking, all of my words come back at once, and the bill stays as it was.',
  ],
  [
    /\b(stop|abort|cancel|unsubscrib)/i,
    'Closing this page does not stop me, nor does a reload: an answer outlives its request. Stop does. It tells the ' +
      'server to unsubscribe the Observable that speaks these words, from whichever request it comes. Watch the number ' +
      'of answers under way fall to zero.',
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
  (interval = 70): Model =>
  (question) => {
    const [, answer = ''] = ANSWERS.find(([about]) => about.test(question)) ?? [];
    return speak(answer, interval);
  };
