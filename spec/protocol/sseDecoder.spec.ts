import { noop } from 'rxjs';
import fc from 'fast-check';
import {
  StreamLimitError,
  StreamParseError,
  StreamTruncatedError,
  isStreamTruncatedError,
} from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_LENGTH } from '../../src/protocol/limits';
import { sseDecoder } from '../../src/protocol/sseDecoder';
import type { SseDecoderConfig } from '../../src/protocol/sseDecoder';
import { sseAnnouncement, sseCompletion, sseFailure } from '../../src/protocol/sseTerminal';
import { recordingSink } from '../support/recordingSink';
import { referenceSse } from '../support/referenceSse';
import { referenceSseEnd } from '../support/referenceSseEnd';
import { splits } from '../support/splits';
import { nextSseDecoder, sseDecoding, sseMessage, sseMessagesOf } from '../support/sseDecoding';
import { sseWords } from '../support/sseWords';
import { wireText } from '../support/wireBytes';
import { thrownBy } from '../support/thrownBy';

function outcomeOf(chunks: readonly string[], maxMessageLength: number) {
  const { decoder, sink } = sseDecoding({ maxMessageLength });
  const error = thrownBy(() => {
    chunks.forEach(decoder.push);
  });
  return { messages: sink.values, error };
}

describe('sseDecoder', () => {
  describe('line ends', () => {
    it.each([
      ['LF', '\n'],
      ['CR', '\r'],
      ['CRLF', '\r\n'],
    ])('are %s, wherever the text is cut', (_, end) => {
      const text = ['event: tick', 'data: a', 'data: b', '', 'data: c', '', ''].join(end);
      const expected = [sseMessage('a\nb', '', 'tick'), sseMessage('c')];
      for (let place = 0; place <= text.length; place++) {
        expect(sseMessagesOf(text.slice(0, place), text.slice(place))).toEqual(expected);
      }
      expect(sseMessagesOf(...text.split(''))).toEqual(expected);
    });

    it('may be mixed', () => {
      expect(sseMessagesOf('data: a\rdata: b\ndata: c\r\n\ndata: d\n\r')).toEqual([
        sseMessage('a\nb\nc'),
        sseMessage('d'),
      ]);
    });

    it('do not wait for the line feed that may follow a carriage return', () => {
      const { decoder, sink } = sseDecoding();
      decoder.push('data: a\r\n\r');
      expect(sink.values).toEqual([sseMessage('a')]);
      decoder.push('');
      decoder.push('\ndata: b\n\n');
      expect(sink.values).toEqual([sseMessage('a'), sseMessage('b')]);
    });

    it('are one where a cut goes through CRLF: no blank line appears between the fields of a message', () => {
      expect(sseMessagesOf('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual([sseMessage('a\nb')]);
    });

    it('are one also where nothing comes in between', () => {
      expect(sseMessagesOf('data: a\r', '', '\ndata: b\r', '', '', '\n\r', '', '\n')).toEqual([
        sseMessage('a\nb'),
      ]);
    });

    it('are not other characters', () => {
      expect(sseMessagesOf('data: a\u2028b\u2029c\u0085d\ve\ff\n\n')).toEqual([
        sseMessage('a\u2028b\u2029c\u0085d\ve\ff'),
      ]);
    });
  });

  describe('fields', () => {
    it('dispatch an empty message for data without a value, with a colon and without', () => {
      expect(sseMessagesOf('data:\n\n')).toEqual([sseMessage('')]);
      expect(sseMessagesOf('data: \n\n')).toEqual([sseMessage('')]);
      expect(sseMessagesOf('data\n\n')).toEqual([sseMessage('')]);
      expect(sseMessagesOf('data\ndata\n\n')).toEqual([sseMessage('\n')]);
    });

    it('lose one leading space and no more', () => {
      expect(sseMessagesOf('data:a\ndata: b\ndata:  c\ndata:\td\ndata: e \n\n')).toEqual([
        sseMessage('a\nb\n c\n\td\ne '),
      ]);
      expect(sseMessagesOf('event:  tick\nid:  7\ndata\n\n')).toEqual([sseMessage('', ' 7', ' tick')]);
    });

    it('keep every colon after the first', () => {
      expect(sseMessagesOf('data: a: b::c\ndata:::\n\n')).toEqual([sseMessage('a: b::c\n::')]);
    });

    it('are ignored when their name is unknown, in another case or indented', () => {
      expect(sseMessagesOf('Data: a\n data: b\ndata : c\ndata2: d\ndat: e\nfoo\ndata: f\n\n')).toEqual([
        sseMessage('f'),
      ]);
    });

    it.each(['data: ', 'id: ', 'event: '])(
      'are ignored when a single character of %j is another one',
      (field) => {
        const last = field.length - 1;
        for (let place = 0; place < last; place++) {
          const other = `${field.slice(0, place)}_${field.slice(place + 1)}`;
          expect(sseMessagesOf(`${other}x\ndata: a\n\n`), other).toEqual([sseMessage('a')]);
        }
      },
    );

    it.each([
      ['data', sseMessage('_x\na')],
      ['id', sseMessage('a', '_x')],
      ['event', sseMessage('a', '', '_x')],
    ])('need no space after the colon of %s', (field, expected) => {
      expect(sseMessagesOf(`${field}:_x\ndata: a\n\n`)).toEqual([expected]);
    });

    it('are not what a comment says', () => {
      expect(sseMessagesOf(':\n: data: a\n:data: b\ndata: c\n:\n\n')).toEqual([sseMessage('c')]);
    });

    it('keep NULs and lone surrogates in data and in the type', () => {
      expect(sseMessagesOf('event: a\0b\ndata: \0\ud83d\n\n')).toEqual([sseMessage('\0\ud83d', '', 'a\0b')]);
    });

    it('keep a name that every object has for what it is: unknown', () => {
      expect(sseMessagesOf('__proto__: x\nconstructor: y\ndata: a\n\n')).toEqual([sseMessage('a')]);
    });
  });

  describe('the type', () => {
    it('is the last one of the block, "message" without one or when it is empty', () => {
      expect(sseMessagesOf('event: a\nevent: b\ndata: 1\n\nevent: c\nevent:\ndata: 2\n\n')).toEqual([
        sseMessage('1', '', 'b'),
        sseMessage('2'),
      ]);
    });

    it('does not outlive its block, also when the block has no data', () => {
      expect(sseMessagesOf('event: a\n\ndata: 1\n\nevent: b\ndata: 2\n\ndata: 3\n\n')).toEqual([
        sseMessage('1'),
        sseMessage('2', '', 'b'),
        sseMessage('3'),
      ]);
    });
  });

  describe('blocks', () => {
    it('without data dispatch nothing', () => {
      expect(sseMessagesOf('id: 1\n\nevent: a\n\nretry: 5\n\n: comment\n\n\n\n')).toEqual([]);
    });

    it('are not dispatched to a sink that closed in the middle of a chunk', () => {
      const sink = recordingSink<SseMessage>(1);
      sseDecoder(sink).push('data: a\n\ndata: b\n\n');
      expect(sink.values).toEqual([sseMessage('a')]);
    });

    it('do not commit an id after the sink has closed', () => {
      const decoder = sseDecoder(recordingSink<SseMessage>(1));
      decoder.push('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
      expect(decoder.state.lastEventId).toBe('1');
    });
  });

  describe('the last event id', () => {
    it('stays in force until another comes', () => {
      expect(sseMessagesOf('id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n')).toEqual([
        sseMessage('a', '1'),
        sseMessage('b', '1'),
        sseMessage('c', '2'),
      ]);
    });

    it('is cleared by an empty one, with a colon and without', () => {
      expect(sseMessagesOf('id: 1\ndata: a\n\nid:\ndata: b\n\nid: 2\n\nid\ndata: c\n\n')).toEqual([
        sseMessage('a', '1'),
        sseMessage('b'),
        sseMessage('c'),
      ]);
    });

    it('ignores one with a NUL', () => {
      expect(sseMessagesOf('id: 1\nid: 2\0\ndata: a\n\n')).toEqual([sseMessage('a', '1')]);
    });

    it('is taken from a block that has nothing else', () => {
      const { decoder, sink } = sseDecoding();
      decoder.push('id: 5\n\n');
      expect(decoder.state.lastEventId).toBe('5');
      decoder.push('data: a\n\n');
      expect(sink.values).toEqual([sseMessage('a', '5')]);
    });

    it('is committed at the blank line, not where it is read', () => {
      const { decoder } = sseDecoding();
      decoder.push('id: 7\ndata: a\n\nid: 8\ndata: b\n');
      expect(decoder.state.lastEventId).toBe('7');
      decoder.push('\n');
      expect(decoder.state.lastEventId).toBe('8');
    });

    it('is committed before the message goes out', () => {
      const seen: string[] = [];
      const decoder = sseDecoder({
        closed: false,
        complete: noop,
        next: () => {
          seen.push(decoder.state.lastEventId);
        },
      });
      decoder.push('id: 7\ndata: a\n\n');
      expect(seen).toEqual(['7']);
    });

    it('begins as it is configured, empty if omitted', () => {
      expect(sseDecoding().decoder.state.lastEventId).toBe('');
      const { decoder, sink } = sseDecoding({}, { lastEventId: '41' });
      expect(decoder.state.lastEventId).toBe('41');
      decoder.push('data: a\n\n');
      expect(sink.values).toEqual([sseMessage('a', '41')]);
    });
  });

  describe('the connection before', () => {
    it('leaves the last event id as it was committed', () => {
      const { decoder, sink } = sseDecoding();
      decoder.push('id: 7\ndata: a\n\nid: 8\nevent: tick\ndata: b\nda');
      const next = nextSseDecoder(decoder, sink);
      expect(next.state.lastEventId).toBe('7');
      next.push('ta: c\ndata: d\n\n');
      expect(sink.values).toEqual([sseMessage('a', '7'), sseMessage('d', '7')]);
    });

    it('leaves the reconnection time', () => {
      const { decoder, sink } = sseDecoding();
      decoder.push('retry: 50\n');
      expect(nextSseDecoder(decoder, sink).state.retry).toBe(50);
    });
  });

  describe('delivered', () => {
    it('tells whether a message went out on this connection', () => {
      const { decoder, sink } = sseDecoding();
      expect(decoder.state.delivered).toBeFalsy();
      decoder.push('data: a\n');
      expect(decoder.state.delivered).toBeFalsy();
      decoder.push('\n');
      expect(decoder.state.delivered).toBe(true);
      expect(nextSseDecoder(decoder, sink).state.delivered).toBeUndefined();
    });

    it('counts the message that is just going out', () => {
      const seen: boolean[] = [];
      const decoder = sseDecoder({
        closed: false,
        complete: noop,
        next: () => {
          seen.push(decoder.state.delivered === true);
        },
      });
      decoder.push('data: a\n\n');
      expect(seen).toEqual([true]);
    });

    it('does not count blocks without data', () => {
      const { decoder } = sseDecoding();
      decoder.push('id: 1\n\n: hi\n\nretry: 5\n\nevent: a\n\n');
      expect(decoder.state.delivered).toBeFalsy();
    });
  });

  describe('retry', () => {
    it.each([
      ['0', 0],
      ['3000', 3000],
      ['007', 7],
      ['9999999999', 9_999_999_999],
    ])('is %s as a number, without waiting for the blank line', (text, expected) => {
      const { decoder } = sseDecoding();
      expect(decoder.state.retry).toBeUndefined();
      decoder.push(`retry: ${text}\n`);
      expect(decoder.state.retry).toBe(expected);
    });

    it.each(['', ' 5', '5 ', '-5', '+5', '1.5', '1e3', '0x10', '5s', '٣', '５'])(
      'ignores "%s", which is not ASCII digits alone',
      (text) => {
        const { decoder } = sseDecoding();
        decoder.push(`retry: 50\nretry: ${text}\n`);
        expect(decoder.state.retry).toBe(50);
      },
    );
  });

  describe('the limit', () => {
    it('lets a message of exactly that many characters pass and errors on one more', () => {
      expect(outcomeOf(['data:1234\ndata:6789\n\n'], 9)).toEqual({
        messages: [sseMessage('1234\n6789')],
        error: undefined,
      });
      const { messages, error } = outcomeOf(['data:1\n\ndata:1234\ndata:67890\n\n'], 10);
      expect(messages).toEqual([sseMessage('1'), sseMessage('1234\n67890')]);
      expect(error).toBeUndefined();
      expect(outcomeOf(['data:1\n\ndata:1234\ndata:67890\n\n'], 9).error).toBeInstanceOf(StreamLimitError);
    });

    it('errors after the messages before it, with the limit and the size', () => {
      const { messages, error } = outcomeOf(['data:1\n\ndata:12345\ndata:12345\n\n'], 10);
      expect(messages).toEqual([sseMessage('1')]);
      expect(error).toMatchObject({ name: 'StreamLimitError', limit: 10, size: 11 });
      expect((error as Error).message).toContain('maxMessageLength');
    });

    it('is of the data, not of what a line of it begins with, whole or pending', () => {
      for (const text of ['data: 1234\n\n', 'data:1234\n\n']) {
        expect(outcomeOf([text], 4)).toEqual({ messages: [sseMessage('1234')], error: undefined });
        expect(outcomeOf(text.split(''), 4)).toEqual({ messages: [sseMessage('1234')], error: undefined });
        expect(outcomeOf([text], 3).error).toBeInstanceOf(StreamLimitError);
      }
    });

    it.each(['id: 1234567', 'event:12345', ':1234567890', 'unknown: 12', 'data: 12345'])(
      'bounds the line "%s" too, whole or pending',
      (line) => {
        const longest = line.length - 'data: '.length;
        expect(outcomeOf([`${line}\n`], longest).error).toBeUndefined();
        expect(outcomeOf([`${line}\n`], longest - 1).error).toBeInstanceOf(StreamLimitError);
        expect(outcomeOf([line], longest).error).toBeUndefined();
        expect(outcomeOf([line], longest - 1).error).toBeInstanceOf(StreamLimitError);
      },
    );

    it('does not count the line end, in any split', () => {
      for (const end of ['\n', '\r', '\r\n']) {
        const text = `data:1234${end}${end}`;
        expect(outcomeOf([text], 4)).toEqual({ messages: [sseMessage('1234')], error: undefined });
        expect(outcomeOf(text.split(''), 4)).toEqual({ messages: [sseMessage('1234')], error: undefined });
      }
    });

    it('is of a message, not of a chunk or a stream', () => {
      expect(outcomeOf(['data:1\n\n'.repeat(100)], 1).messages).toHaveLength(100);
    });

    it('is 16 Mi characters if omitted, none at Infinity', () => {
      const long = `data: ${'x'.repeat(DEFAULT_MAX_LENGTH + 1)}`;
      const push = (text: string, config?: SseDecoderConfig) => () => {
        sseDecoding(config).decoder.push(text);
      };
      expect(push(long.slice(1))).not.toThrow();
      expect(push(long)).toThrow(StreamLimitError);
      expect(push(long, { maxMessageLength: Infinity })).not.toThrow();
    });
  });

  it('gives what the standard gives for the whole text, wherever it is cut', () => {
    fc.assert(
      fc.property(splits(wireText(sseWords)), ({ whole, chunks }) => {
        const { decoder, sink } = sseDecoding();
        chunks.forEach(decoder.push);
        const { lastEventId, retry } = decoder.state;
        expect({ messages: sink.values, lastEventId, retry }).toEqual(referenceSse(whole));
        expect(decoder.state.delivered ?? false).toBe(sink.values.length > 0);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

/** The outcome of a body that ends cleanly where no other connection follows. */
function endOf(chunks: readonly string[], config?: SseDecoderConfig) {
  const { decoder, sink } = sseDecoding(config);
  const error = thrownBy(() => {
    chunks.forEach(decoder.push);
    decoder.endLine();
    decoder.end();
  });
  return { messages: sink.values, error };
}

describe('The clean end of a stream', () => {
  interface End {
    readonly of: string;
    readonly text: string;
    readonly dispatches?: readonly SseMessage[];
    /** The error's `pending` with `'dispatch'`, and with `'error'` unless `leftIfStrict` is another. */
    readonly left?: string;
    readonly leftIfStrict?: string | undefined;
  }
  const ends: readonly End[] = [
    { of: 'nothing', text: '' },
    { of: 'a whole message', text: 'data: a\n\n', dispatches: [sseMessage('a')] },
    {
      of: 'a whole line of data',
      text: 'data: a\n',
      dispatches: [sseMessage('a')],
      leftIfStrict: 'data: a\n',
    },
    {
      of: 'a line that CR ends',
      text: 'data: a\r',
      dispatches: [sseMessage('a')],
      leftIfStrict: 'data: a\n',
    },
    {
      of: 'a line that CRLF ends',
      text: 'data: a\r\n',
      dispatches: [sseMessage('a')],
      leftIfStrict: 'data: a\n',
    },
    { of: 'data without a value', text: 'data\n', dispatches: [sseMessage('')], leftIfStrict: 'data: \n' },
    {
      of: 'whole lines of each field',
      text: ':c\nid:7\nevent:t\nretry:5\ndata:a\ndata: b\n',
      dispatches: [sseMessage('a\nb', '7', 't')],
      leftIfStrict: 'event: t\nid: 7\ndata: a\ndata: b\n',
    },
    {
      of: 'a second block',
      text: 'data: a\n\ndata: [DONE]\n',
      dispatches: [sseMessage('a'), sseMessage('[DONE]')],
      leftIfStrict: 'data: [DONE]\n',
    },
    { of: 'an id alone', text: 'id: 7\n', leftIfStrict: 'id: 7\n' },
    { of: 'a type alone', text: 'event: t\n', leftIfStrict: 'event: t\n' },
    { of: 'an id that is in force', text: 'id: 7\n\nid: 7\n' },
    { of: 'an empty type', text: 'event:\n' },
    { of: 'a reconnection time', text: 'retry: 5\n' },
    { of: 'a comment', text: ': c\n' },
    { of: 'a line that is not a field', text: '{"error":1}\n' },
    { of: 'a blank line', text: '\n' },
    { of: 'half a line of data', text: 'data: a\n\ndata: {"t":"b', left: 'data: {"t":"b' },
    { of: 'a block and half a line', text: 'event: t\ndata: a\nda', left: 'event: t\ndata: a\nda' },
    { of: 'data without its line end', text: 'data: [DONE]', left: 'data: [DONE]' },
    { of: 'the name of a field', text: 'data', left: 'data' },
    { of: 'half a comment', text: ': keep-al', left: ': keep-al' },
    { of: 'the beginning of a comment', text: 'data: a\n\n:', left: ':' },
    { of: 'half a comment within a block', text: 'data: a\n:', left: 'data: a\n:' },
    {
      of: 'half a line that is not a field',
      text: '{"error":{"message":"x"}}',
      left: '{"error":{"message":"x"}}',
    },
    { of: 'a byte order mark that is not the first', text: '\ufeff', left: '\ufeff' },
    { of: 'a space', text: ' ', left: ' ' },
    { of: 'data with another kind of line break', text: 'data: a\u2028b\nx', left: 'data: a\u2028b\nx' },
  ];

  for (const { of, text, dispatches = [], left, leftIfStrict = left } of ends) {
    const whole = /^(?:[^]*?(?:\n\n|\r\r))?/.exec(text)?.[0] ?? '';
    const before = sseMessagesOf(whole);

    it(`with ${of} dispatches what is whole, in any split`, () => {
      for (const onIncomplete of [undefined, 'dispatch'] as const) {
        for (const chunks of [[text], text.split(''), [text, '']]) {
          const { messages, error } = endOf(chunks, { onIncomplete });
          expect(messages).toEqual(left === undefined ? dispatches : before);
          expect((error as StreamTruncatedError | undefined)?.pending).toBe(left);
          expect(error === undefined || isStreamTruncatedError(error)).toBe(true);
        }
      }
    });

    it(`with ${of} ${leftIfStrict === undefined ? 'is whole' : 'is cut'} by 'error', in any split`, () => {
      for (const chunks of [[text], text.split('')]) {
        const { messages, error } = endOf(chunks, { onIncomplete: 'error' });
        expect(messages).toEqual(leftIfStrict === undefined ? dispatches : before);
        expect((error as StreamTruncatedError | undefined)?.pending).toBe(leftIfStrict);
      }
    });

    it(`with ${of} completes by 'drop' and where another connection follows`, () => {
      expect(endOf([text], { onIncomplete: 'drop' })).toEqual({ messages: before, error: undefined });
      const { decoder, sink } = sseDecoding();
      decoder.push(text);
      decoder.end(true);
      expect(sink.values).toEqual(before);
    });
  }

  it('says what is missing', () => {
    expect(endOf(['data: a']).error).toEqual(
      new StreamTruncatedError({ missing: 'the rest of its last message', pending: 'data: a' }),
    );
  });

  it('leaves what is under way to the next connection, which begins anew', () => {
    const { decoder, sink } = sseDecoding();
    decoder.push('id: 7\nevent: t\ndata: a\nda');
    decoder.end(true);
    const next = nextSseDecoder(decoder, sink);
    next.push('data: b\n');
    next.end();
    expect(sink.values).toEqual([sseMessage('b')]);
  });

  it('dispatches nothing to a sink that has closed', () => {
    const sink = recordingSink<SseMessage>(1);
    const decoder = sseDecoder(sink);
    decoder.push('data: a\n\ndata: b\nda');
    decoder.endLine();
    decoder.end();
    expect(sink.values).toEqual([sseMessage('a')]);
  });

  it.each(['dispatch', 'error', 'drop'] as const)(
    'is a cut where the stream has announced another, by %j too',
    (onIncomplete) => {
      for (const text of ['', 'data: a\n', 'data: a', '{"error":1}']) {
        const { messages, error } = endOf([sseAnnouncement(), text], {
          onIncomplete,
          onIgnored: () => undefined,
        });
        expect(messages).toEqual([]);
        expect(error).toEqual(new StreamTruncatedError({ missing: 'the end that it announced' }));
      }
    },
  );

  it.each(['dispatch', 'error', 'drop', undefined] as const)(
    'is what the documentation says of %j, wherever the text is cut',
    (onIncomplete) => {
      fc.assert(
        fc.property(splits(wireText(sseWords)), ({ whole, chunks }) => {
          const { messages, error } = endOf(chunks, { onIncomplete });
          const expected = referenceSseEnd(whole, onIncomplete);
          expect(messages).toEqual(expected.messages);
          expect((error as StreamTruncatedError | undefined)?.pending).toBe(expected.pending);
          expect(error === undefined || isStreamTruncatedError(error)).toBe(true);
        }),
        { numRuns: 500, seed: 1 },
      );
    },
  );
});

describe('Ignored lines', () => {
  const isIgnored = (line: string): boolean => !/^(?:data|event)(?::|$)/.test(line);

  it('are shown as they came, in the order of the stream, with the comments', () => {
    const seen: string[] = [];
    const decoder = sseDecoder(
      {
        closed: false,
        complete: noop,
        next: ({ data }) => {
          seen.push(`message ${data}`);
        },
      },
      { onIgnored: (line) => seen.push(line) },
    );
    const text =
      ': hi\r\n:\n{"error":1}\ndata: a\n\n<html>\r data: b\nretry: 5s\nretry: 50\nid: \0\nid:\0\nid: 1\nDATA\n\n';
    decoder.push(text);
    expect(seen).toEqual([
      ': hi',
      ':',
      '{"error":1}',
      'message a',
      '<html>',
      ' data: b',
      'retry: 5s',
      'id: \0',
      'id:\0',
      'DATA',
    ]);
  });

  it('are the same in any split, and with none of the fields that have an effect', () => {
    const text = 'a\r\n:b\rdata: c\n\nevent: d\ne: f\n\nid: \0g\ndata\n\n:h\n';
    const shown = (chunks: readonly string[]): string[] => {
      const lines: string[] = [];
      endOf(chunks, { onIgnored: (line) => lines.push(line) });
      return lines;
    };
    const expected = text.split(/\r\n|\r|\n/).filter((line) => line !== '' && isIgnored(line));
    expect(shown(text.split(''))).toEqual(expected);
    for (let place = 0; place <= text.length; place++) {
      expect(shown([text.slice(0, place), text.slice(place)])).toEqual(expected);
    }
  });

  it('are not the comments in which a stream says how it ended, unless it has not announced them', () => {
    const lines: string[] = [];
    const config: SseDecoderConfig = { onIgnored: (line) => lines.push(line) };
    endOf([sseCompletion(), sseFailure('x')], config);
    expect(lines.splice(0)).toEqual([':rxjs-http-streams end', ':rxjs-http-streams error x']);
    endOf([sseAnnouncement(), ': hi\n', sseAnnouncement(), sseCompletion(), ': late\n'], config);
    endOf([sseAnnouncement(), sseFailure('x'), ': late\n'], config);
    expect(lines).toEqual([': hi']);
  });

  it('are not shown to a consumer that has left', () => {
    const lines: string[] = [];
    sseDecoder(recordingSink<SseMessage>(1), { onIgnored: (line) => lines.push(line) }).push(
      ':a\ndata: x\n\n:b\n',
    );
    expect(lines).toEqual([':a']);
  });

  it.each([
    ['{"error":{"message":"x"}}\n', 1, 0],
    ['data: a\r\n\r\n<html>\r\n', 3, 11],
    ['\n\r: c\nDATA: x\n', 4, 6],
    ['id: 1\ndata: a\n\ndata: b\ndata: c\n\ndata \n', 7, 32],
    [' \n', 1, 0],
    ['dat\n', 1, 0],
  ])('are an error where that is wanted: %j, in any split', (text, lineNumber, offset) => {
    const named = text.slice(offset).replace(/[\r\n]+$/, '');
    for (let place = 0; place <= text.length; place++) {
      for (const chunks of [[text.slice(0, place), text.slice(place)], text.split('')]) {
        const { error } = endOf(chunks, { onIgnored: 'error' });
        expect(error).toBeInstanceOf(StreamParseError);
        expect(error).toMatchObject({ lineNumber, offset, excerpt: named });
      }
    }
    expect(endOf([text], { onIgnored: 'error' }).error).toMatchObject({
      message: expect.stringContaining(`Expected a field in line ${lineNumber}, got: `) as string,
    });
  });

  it.each([': c\n', ':\n', 'retry: x\n', 'retry\n', 'id: \0\n', 'event\n\n', 'id\n\n', 'data:x\n\n'])(
    'are fields: %j is not an error',
    (text) => {
      expect(endOf([text], { onIgnored: 'error' }).error).toBeUndefined();
    },
  );

  it('are counted anew in each connection', () => {
    const { decoder, sink } = sseDecoding({ onIgnored: 'error' });
    decoder.push('data: a\n\n: c\nda');
    const next = nextSseDecoder(decoder, sink, { onIgnored: 'error' });
    expect(() => {
      next.push('\nx\n');
    }).toThrow(expect.objectContaining({ lineNumber: 2, offset: 1 }));
  });

  it('end the stream with what the function throws, as it is', () => {
    const reason = new RangeError('mine');
    const onIgnored = (): never => {
      throw reason;
    };
    expect(endOf(['data: a\n\n:c\n'], { onIgnored })).toEqual({ messages: [sseMessage('a')], error: reason });
  });

  it.each(['{"error":{"message":"x"}}', '<!doctype html>', 'x', 'dat:', 'data x', 'Data', '\ufffd', ' '])(
    'may be the last one without its end, where it cannot become a field: %j',
    (rest) => {
      const lines: string[] = [];
      const shown = endOf(['data: a\n\n', rest], { onIgnored: (line) => lines.push(line) });
      expect(lines).toEqual([rest]);
      expect(shown.error).toMatchObject({ name: 'StreamTruncatedError', pending: rest });
      for (const onIncomplete of ['drop', 'dispatch', 'error'] as const) {
        const { error } = endOf(['data: a\n\n', rest], { onIncomplete, onIgnored: 'error' });
        expect(error).toMatchObject({ name: 'StreamParseError', lineNumber: 3, offset: 9, excerpt: rest });
      }
    },
  );

  it.each(['d', 'data', 'data:', 'event: x', 'i', 'retry:x', 'r', ':', ': c'])(
    'are not a last one without its end that may become a field or a comment: %j',
    (rest) => {
      const lines: string[] = [];
      endOf([rest], { onIgnored: (line) => lines.push(line) });
      expect(lines).toEqual([]);
      expect(isStreamTruncatedError(endOf([rest], { onIgnored: 'error' }).error)).toBe(true);
      expect(endOf([rest], { onIgnored: 'error', onIncomplete: 'drop' }).error).toBeUndefined();
    },
  );
});
