import { flat } from './flat';

/** Controls, what changes the direction of text, what is not seen, line breaks, and halves of a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Quotes foreign text for a message: at most 100 characters, and none that a terminal or the lines of a log would act
 * on.
 */
export const quoted = (text: string): string =>
  flat(text.slice(0, 100))
    .replace(UNPRINTABLE, (character) => {
      const code = Number(character.codePointAt(0)).toString(16);
      return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
    })
    .slice(0, 100);
