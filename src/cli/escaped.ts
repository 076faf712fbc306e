/** Letters of these scripts join or not by a joiner between them, which is part of how a word is written. */
const JOINING = [
  'Arab',
  'Syrc',
  'Mong',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
]
  .concat(['Sinh', 'Khmr', 'Mymr', 'Tibt'])
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('');

/** What acts on a terminal, and what is not seen there but changes what is: controls, bidi, zero width, lone surrogates. */
const HIDDEN = new RegExp(
  [
    // A line break, and a tab.
    String.raw`(?!\r?\n|\t`,
    // One selector of a variant, as in ❤️.
    String.raw`|(?<=[^\p{C}\p{DI}])[\ufe00-\ufe0f]`,
    // What joins emoji, as in 👩‍🚀, or letters.
    String.raw`|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f${JOINING}])[\u200c\u200d])`,
    String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]`,
  ].join(''),
  'gu',
);

/**
 * Shows the characters of a text that would act on a terminal, or deceive the person who reads it, as JavaScript
 * writes them: `\x1b`, `\u202e`. Line breaks and tabs stay.
 *
 * @param before The character that was printed before the text, as it came.
 */
export const escaped = (text: string, before = ''): string =>
  (before + text)
    .replace(HIDDEN, (character, at: number) => (at < before.length ? character : literalOf(character)))
    .slice(before.length);

function literalOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x1_0000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
