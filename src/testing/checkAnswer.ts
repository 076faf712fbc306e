import { TestScheduler } from 'rxjs/testing';
import { check, checkOptions } from '../options/rules';
import type { Rule } from '../options/rules';
import { ANSWER, someContent } from '../options/testing';
import type { MarbleResponse } from './marbleResponse';

const coldMarbles: Rule = {
  expected: 'marbles of a cold Observable',
  allows: (marbles) => kindsOf(marbles as string) !== undefined,
};
const oneResponse: Rule = {
  expected: 'marbles with one value, one error or neither',
  allows: (marbles) => /^(NC?|E|)$/.test(kindsOf(marbles as string) ?? '?'),
};

/** Throws a `TypeError` that names the mistake in an answer. A client would take a mistake for a failed connection. */
export function checkAnswer(name: string, answer: MarbleResponse): void {
  checkOptions(name, answer, ANSWER, `${name}.`);
  const { response, body, chunks = {} } = answer;
  if (response !== undefined) check(`${name}.response`, response, oneResponse);
  if (typeof body === 'string') check(`${name}.body`, body, coldMarbles);
  for (const [marble, chunk] of Object.entries(chunks)) check(`${name}.chunks.${marble}`, chunk, someContent);
}

/**
 * Returns the kinds of the notifications in marbles, in order, or `undefined` if no cold Observable has these marbles.
 */
function kindsOf(marbles: string): string | undefined {
  if (marbles.includes('^')) return undefined;
  try {
    const messages = TestScheduler.parseMarbles(marbles, undefined, undefined, false, true);
    return messages.map(({ notification }) => notification.kind).join('');
  } catch {
    return undefined;
  }
}
