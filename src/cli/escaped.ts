/** Scripts whose spelling uses joiners between letters. */
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

/** Characters that a terminal executes or does not show: controls, bidi controls, zero width, lone surrogates. */
const HIDDEN = new RegExp(
  [
    // Except line breaks and tabs,
    String.raw`(?!\r?\n|\t`,
    // one variation selector, as in ❤️,
    String.raw`|(?<=[^\p{C}\p{DI}])[\ufe00-\ufe0f]`,
    // and joiners of emoji, as in 👩‍🚀, and of letters.
    String.raw`|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f${JOINING}])[\u200c\u200d])`,
    String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]`,
  ].join(''),
  'gu',
);

/**
 * Escapes the characters of a text that a terminal would execute, or that could deceive a reader, in the notation of
 * JavaScript: `\x1b`, `\u202e`. Line breaks and tabs stay unchanged.
 *
 * @param before - The unescaped character before the text, which decides whether a joiner is kept.
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
