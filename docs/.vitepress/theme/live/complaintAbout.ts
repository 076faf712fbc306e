import { parsed } from '../../marbles/parsed';

const LONGEST = 120;

/** Names the mistake in the marbles of a body, or returns `undefined` if there is none. */
export function complaintAbout(body: string): string | undefined {
  if (body.length > LONGEST) return `at most ${LONGEST} characters, these are ${body.length}`;
  let open = false;
  let ended: string | undefined;
  for (const character of body) {
    if (character === '^' || character === '!') {
      return `'${character}' belongs to a subscription, and a body has none`;
    }
    if (ended && !/[\s)-]/.test(character))
      return `nothing can follow '${ended}', the end of the body, but '${character}' does`;
    if (character === '(') {
      if (open) return "a '(' within another '('";
      open = true;
    } else if (character === ')') {
      if (!open) return "a ')' without its '('";
      open = false;
    } else if (open && character === '-') {
      return "'-' within a group: all marbles between '(' and ')' have the same time";
    } else if (character === '|' || character === '#') {
      ended = character;
    }
  }
  if (open) return "a '(' without its ')'";
  try {
    parsed(body);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
