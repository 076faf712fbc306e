import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped } from '../../src/cli/escaped';

describe('escaped', () => {
  it.each([
    ['an escape sequence', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['the title of a window', '\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['a C1 control', '\x9b31m\x85', '\\x9b31m\\x85'],
    ['NUL, backspace and DEL', 'a\0\b\x7f', 'a\\x00\\x08\\x7f'],
    ['a carriage return that overwrites its line', 'failed\rok', 'failed\\x0dok'],
    ['the last carriage return', 'ok\r', 'ok\\x0d'],
    [
      'bidi overrides and isolates',
      '\u202etxt.exe\u202c\u2067a\u2069',
      '\\u202etxt.exe\\u202c\\u2067a\\u2069',
    ],
    ['marks of a direction', 'a\u200eb\u200fc\u061cd', 'a\\u200eb\\u200fc\\u061cd'],
    [
      'what has no width',
      'a\u200bb\u2060c\ufeffd\u00ade\u034ff\u180eg',
      'a\\u200bb\\u2060c\\ufeffd\\xade\\u034ff\\u180eg',
    ],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['annotations of lines', '\ufff9a\ufffab\ufffb', '\\ufff9a\\ufffab\\ufffb'],
    ['fillers, which are letters that are not seen', 'a\u3164\uffa0\u115f', 'a\\u3164\\uffa0\\u115f'],
    ['tags, which hide ASCII', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['a lone surrogate', 'a\ud83d b \ude00', 'a\\ud83d b \\ude00'],
    ['a joiner between letters that do not join', 'ad\u200dmin, ad\u200cmin', 'ad\\u200dmin, ad\\u200cmin'],
    ['selectors in a row, which hide bytes', 'a\ufe00\ufe01', 'a\ufe00\\ufe01'],
  ])('shows %s', (_, text, shown) => {
    expect(escaped(text)).toBe(shown);
  });

  it.each([
    ['line breaks and tabs', 'one\ntwo\r\n\tthree\n'],
    ['text of any script', 'Grüße, 日本, Ελλάδα, שלום, مرحبا, हिन्दी'],
    ['characters outside of the first plane', '😀 𝄞 𠮷'],
    ['emoji that are joined', '👩🏽‍🚀 👨‍👩‍👧 ❤️‍🔥 1️⃣'],
    ['joiners of scripts that join', 'می‌خواهم क्‍ष'],
    ['what looks like an escape', '\\x1b \\u202e'],
  ])('leaves %s as they are', (_, text) => {
    expect(escaped(text)).toBe(text);
  });

  it('leaves nothing that a terminal acts on, whatever the text', () => {
    const acting = /(?![\n\t]|\r\n)[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(acting.exec(escaped(text))).toBeNull();
      }),
    );
  });

  it('is the same for what has been escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escaped(escaped(text))).toBe(escaped(text));
      }),
    );
  });

  it('escapes only what is after what was printed before', () => {
    expect(escaped('\u200d🚀\x1b', '👩')).toBe('\u200d🚀\\x1b');
    expect(escaped('\u200dmin', 'd')).toBe('\\u200dmin');
  });
});
