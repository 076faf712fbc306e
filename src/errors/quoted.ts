import { flat } from './flat';

/** Control characters, line breaks, lone surrogates, and characters that are invisible or change the direction. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Quotes foreign text for an error message. The result has at most 100 characters. Those that would control a terminal
 * or break the line of a log are escaped.
 */
export const quoted = (text: string): string =>
  flat(text.slice(0, 100))
    .replace(UNPRINTABLE, (character) => {
      const code = Number(character.codePointAt(0)).toString(16);
      return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
    })
    .slice(0, 100);
