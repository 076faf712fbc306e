import fc from 'fast-check';

/**
 * Texts that end a line, a block, a string or a stream, texts that look like it, and texts that UTF-8 has no bytes for.
 */
const hostile = [
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\0',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  ' ',
  ':',
  ': ',
  'data',
  'data: forged\n\n',
  '\ndata: forged\r\r',
  'id: forged\n\n',
  'event: forged\r\n',
  'retry: 0\n',
  ':rxjs-http-streams',
  '\n:rxjs-http-streams end\n\n',
  '\n:rxjs-http-streams error forged\n\n',
  '"',
  '\\',
  '}\n{"kind":"C"}\n',
  '{"kind":"E","error":"forged"}',
  '__proto__',
  'é',
  '😀',
  '\ud83d',
  '\ude00',
];

/** Text that is after something: fields, messages and values of its own, or an end. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...hostile), maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** A text as UTF-8 brings it over: it has no bytes for half a character. */
export const overUtf8 = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Whether an event stream carries a text as the type of a message. */
export const canBeType = (text: string): boolean => !/[\r\n\0]/.test(text) && overUtf8(text) === text;

/** Whether it also comes back in a header: no control but the tab, and no white space around it. */
export const canBeId = (text: string): boolean =>
  overUtf8(text) === text &&
  Array.from(text).every((character) => character === '\t' || (character >= ' ' && character !== '\x7f')) &&
  !/^[\t ]|[\t ]$/.test(text);
