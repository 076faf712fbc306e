import { TestScheduler } from 'rxjs/testing';
import { check, checkOptions } from '../options/rules';
import type { Rule } from '../options/rules';
import { ANSWER, someContent } from '../options/testing';
import type { MarbleResponse } from './marbleFetch';

const coldMarbles: Rule = {
  expected: 'marbles of a cold Observable',
  allows: (marbles) => kindsOf(marbles as string) !== undefined,
};
const oneResponse: Rule = {
  expected: 'marbles with one value, one error or neither',
  allows: (marbles) => /^(NC?|E|)$/.test(kindsOf(marbles as string) ?? '?'),
};

/** Throws a `TypeError` that names what is wrong in an answer: a client could take it for a network that is down. */
export function checkAnswer(name: string, answer: MarbleResponse): void {
  checkOptions(name, answer, ANSWER, `${name}.`);
  const { response, body, chunks = {} } = answer;
  if (response !== undefined) check(`${name}.response`, response, oneResponse);
  if (typeof body === 'string') check(`${name}.body`, body, coldMarbles);
  for (const [marble, chunk] of Object.entries(chunks)) check(`${name}.chunks.${marble}`, chunk, someContent);
}

/** The kinds of the notifications in marbles, in their order; `undefined` where they are not those of a cold Observable. */
function kindsOf(marbles: string): string | undefined {
  if (marbles.includes('^')) return undefined;
  try {
    const messages = TestScheduler.parseMarbles(marbles, undefined, undefined, false, true);
    return messages.map(({ notification }) => notification.kind).join('');
  } catch {
    return undefined;
  }
}
