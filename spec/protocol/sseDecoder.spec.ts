import { noop } from 'rxjs';
import fc from 'fast-check';
import {
  StreamLimitError,
  StreamParseError,
  StreamTruncatedError,
  isStreamServerError,
  isStreamTruncatedError,
} from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_LENGTH } from '../../src/protocol/limits';
import { sseAnnouncement, sseCompletion, sseFailure } from '../../src/protocol/sseTerminal';
import { sseBlock, sseFrame } from '../../src/protocol/sseBlock';
import { sseDecoder } from '../../src/protocol/sseDecoder';
import type { SseDecoder, SseDecoderConfig, SseState } from '../../src/protocol/sseDecoder';
import type { SseMessageInit } from '../../src/protocol/sseMessage';
import { canBeId, canBeType } from '../support/hostileText';
import type { RecordingSink } from '../support/recordingSink';
import { recordingSink } from '../support/recordingSink';
import { referenceSse } from '../support/referenceSse';
import { referenceSseEnd } from '../support/referenceSseEnd';
import { splits } from '../support/splits';
import { sseWords } from '../support/sseWords';
import { wireText } from '../support/wireBytes';

const message = (data: string, id = '', type = 'message') => ({ type, data, id });

function decoding(
  config?: SseDecoderConfig,
  state?: SseState,
): { decoder: SseDecoder; sink: RecordingSink<SseMessage> } {
  const sink = recordingSink<SseMessage>();
  return { decoder: sseDecoder(sink, config, state), sink };
}

/** A decoder of the connection that follows, as a reader makes it. */
const following = (
  { state: { lastEventId, retry } }: SseDecoder,
  sink: RecordingSink<SseMessage>,
  config?: SseDecoderConfig,
): SseDecoder => sseDecoder(sink, config, { lastEventId, retry });

function messagesOf(...chunks: string[]): readonly SseMessage[] {
  const { decoder, sink } = decoding();
  chunks.forEach(decoder.push);
  decoder.end();
  return sink.values;
}

function outcomeOf(chunks: readonly string[], maxMessageLength: number) {
  const { decoder, sink } = decoding({ maxMessageLength });
  try {
    chunks.forEach(decoder.push);
  } catch (error) {
    return { messages: sink.values, error };
  }
  return { messages: sink.values, error: undefined };
}

describe('sseDecoder', () => {
  describe('line ends', () => {
    it.each([
      ['LF', '\n'],
      ['CR', '\r'],
      ['CRLF', '\r\n'],
    ])('are %s, wherever the text is cut', (_, end) => {
      const text = ['event: tick', 'data: a', 'data: b', '', 'data: c', '', ''].join(end);
      const expected = [message('a\nb', '', 'tick'), message('c')];
      for (let place = 0; place <= text.length; place++) {
        expect(messagesOf(text.slice(0, place), text.slice(place))).toEqual(expected);
      }
      expect(messagesOf(...text.split(''))).toEqual(expected);
    });

    it('may be mixed', () => {
      expect(messagesOf('data: a\rdata: b\ndata: c\r\n\ndata: d\n\r')).toEqual([
        message('a\nb\nc'),
        message('d'),
      ]);
    });

    it('do not wait for the line feed that may follow a carriage return', () => {
      const { decoder, sink } = decoding();
      decoder.push('data: a\r\n\r');
      expect(sink.values).toEqual([message('a')]);
      decoder.push('');
      decoder.push('\ndata: b\n\n');
      expect(sink.values).toEqual([message('a'), message('b')]);
    });

    it('are one where a cut goes through CRLF: no blank line appears between the fields of a message', () => {
      expect(messagesOf('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual([message('a\nb')]);
    });

    it('are one also where nothing comes in between', () => {
      expect(messagesOf('data: a\r', '', '\ndata: b\r', '', '', '\n\r', '', '\n')).toEqual([message('a\nb')]);
    });

    it('are no other characters', () => {
      expect(messagesOf('data: a\u2028b\u2029c\u0085d\ve\ff\n\n')).toEqual([
        message('a\u2028b\u2029c\u0085d\ve\ff'),
      ]);
    });
  });

  describe('fields', () => {
    it('dispatch an empty message for data without a value, with a colon and without', () => {
      expect(messagesOf('data:\n\n')).toEqual([message('')]);
      expect(messagesOf('data: \n\n')).toEqual([message('')]);
      expect(messagesOf('data\n\n')).toEqual([message('')]);
      expect(messagesOf('data\ndata\n\n')).toEqual([message('\n')]);
    });

    it('lose one leading space and no more', () => {
      expect(messagesOf('data:a\ndata: b\ndata:  c\ndata:\td\ndata: e \n\n')).toEqual([
        message('a\nb\n c\n\td\ne '),
      ]);
      expect(messagesOf('event:  tick\nid:  7\ndata\n\n')).toEqual([message('', ' 7', ' tick')]);
    });

    it('keep every colon after the first', () => {
      expect(messagesOf('data: a: b::c\ndata:::\n\n')).toEqual([message('a: b::c\n::')]);
    });

    it('are ignored when their name is unknown, in another case or indented', () => {
      expect(messagesOf('Data: a\n data: b\ndata : c\ndata2: d\ndat: e\nfoo\ndata: f\n\n')).toEqual([
        message('f'),
      ]);
    });

    it.each(['data: ', 'id: ', 'event: '])(
      'are ignored when a single character of %j is another one',
      (field) => {
        const last = field.length - 1;
        for (let place = 0; place < last; place++) {
          const other = `${field.slice(0, place)}_${field.slice(place + 1)}`;
          expect(messagesOf(`${other}x\ndata: a\n\n`), other).toEqual([message('a')]);
        }
      },
    );

    it.each([
      ['data', message('_x\na')],
      ['id', message('a', '_x')],
      ['event', message('a', '', '_x')],
    ])('need no space after the colon of %s', (field, expected) => {
      expect(messagesOf(`${field}:_x\ndata: a\n\n`)).toEqual([expected]);
    });

    it('are not what a comment says', () => {
      expect(messagesOf(':\n: data: a\n:data: b\ndata: c\n:\n\n')).toEqual([message('c')]);
    });

    it('keep NULs and lone surrogates in data and in the type', () => {
      expect(messagesOf('event: a\0b\ndata: \0\ud83d\n\n')).toEqual([message('\0\ud83d', '', 'a\0b')]);
    });

    it('keep a name that every object has for what it is: unknown', () => {
      expect(messagesOf('__proto__: x\nconstructor: y\ndata: a\n\n')).toEqual([message('a')]);
    });
  });

  describe('the type', () => {
    it('is the last one of the block, "message" without one or when it is empty', () => {
      expect(messagesOf('event: a\nevent: b\ndata: 1\n\nevent: c\nevent:\ndata: 2\n\n')).toEqual([
        message('1', '', 'b'),
        message('2'),
      ]);
    });

    it('does not outlive its block, also when the block has no data', () => {
      expect(messagesOf('event: a\n\ndata: 1\n\nevent: b\ndata: 2\n\ndata: 3\n\n')).toEqual([
        message('1'),
        message('2', '', 'b'),
        message('3'),
      ]);
    });
  });

  describe('blocks', () => {
    it('without data dispatch nothing', () => {
      expect(messagesOf('id: 1\n\nevent: a\n\nretry: 5\n\n: comment\n\n\n\n')).toEqual([]);
    });

    it('are not dispatched to a sink that closed in the middle of a chunk', () => {
      const sink = recordingSink<SseMessage>(1);
      sseDecoder(sink).push('data: a\n\ndata: b\n\n');
      expect(sink.values).toEqual([message('a')]);
    });

    it('do not commit an id after the sink has closed', () => {
      const decoder = sseDecoder(recordingSink<SseMessage>(1));
      decoder.push('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
      expect(decoder.state.lastEventId).toBe('1');
    });
  });

  describe('the last event id', () => {
    it('stays in force until another comes', () => {
      expect(messagesOf('id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n')).toEqual([
        message('a', '1'),
        message('b', '1'),
        message('c', '2'),
      ]);
    });

    it('is cleared by an empty one, with a colon and without', () => {
      expect(messagesOf('id: 1\ndata: a\n\nid:\ndata: b\n\nid: 2\n\nid\ndata: c\n\n')).toEqual([
        message('a', '1'),
        message('b'),
        message('c'),
      ]);
    });

    it('ignores one with a NUL', () => {
      expect(messagesOf('id: 1\nid: 2\0\ndata: a\n\n')).toEqual([message('a', '1')]);
    });

    it('is taken from a block that has nothing else', () => {
      const { decoder, sink } = decoding();
      decoder.push('id: 5\n\n');
      expect(decoder.state.lastEventId).toBe('5');
      decoder.push('data: a\n\n');
      expect(sink.values).toEqual([message('a', '5')]);
    });

    it('is committed at the blank line, not where it is read', () => {
      const { decoder } = decoding();
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
      expect(decoding().decoder.state.lastEventId).toBe('');
      const { decoder, sink } = decoding({}, { lastEventId: '41' });
      expect(decoder.state.lastEventId).toBe('41');
      decoder.push('data: a\n\n');
      expect(sink.values).toEqual([message('a', '41')]);
    });
  });

  describe('the connection before', () => {
    it('leaves the last event id as it was committed', () => {
      const { decoder, sink } = decoding();
      decoder.push('id: 7\ndata: a\n\nid: 8\nevent: tick\ndata: b\nda');
      const next = following(decoder, sink);
      expect(next.state.lastEventId).toBe('7');
      next.push('ta: c\ndata: d\n\n');
      expect(sink.values).toEqual([message('a', '7'), message('d', '7')]);
    });

    it('leaves the reconnection time', () => {
      const { decoder, sink } = decoding();
      decoder.push('retry: 50\n');
      expect(following(decoder, sink).state.retry).toBe(50);
    });
  });

  describe('delivered', () => {
    it('tells whether a message went out on this connection', () => {
      const { decoder, sink } = decoding();
      expect(decoder.state.delivered).toBeFalsy();
      decoder.push('data: a\n');
      expect(decoder.state.delivered).toBeFalsy();
      decoder.push('\n');
      expect(decoder.state.delivered).toBe(true);
      expect(following(decoder, sink).state.delivered).toBeUndefined();
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
      const { decoder } = decoding();
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
      const { decoder } = decoding();
      expect(decoder.state.retry).toBeUndefined();
      decoder.push(`retry: ${text}\n`);
      expect(decoder.state.retry).toBe(expected);
    });

    it.each(['', ' 5', '5 ', '-5', '+5', '1.5', '1e3', '0x10', '5s', '٣', '５'])(
      'ignores "%s", which is not ASCII digits alone',
      (text) => {
        const { decoder } = decoding();
        decoder.push(`retry: 50\nretry: ${text}\n`);
        expect(decoder.state.retry).toBe(50);
      },
    );
  });

  describe('the limit', () => {
    it('lets a message of exactly that many characters pass and errors on one more', () => {
      expect(outcomeOf(['data:1234\ndata:6789\n\n'], 9)).toEqual({
        messages: [message('1234\n6789')],
        error: undefined,
      });
      const { messages, error } = outcomeOf(['data:1\n\ndata:1234\ndata:67890\n\n'], 10);
      expect(messages).toEqual([message('1'), message('1234\n67890')]);
      expect(error).toBeUndefined();
      expect(outcomeOf(['data:1\n\ndata:1234\ndata:67890\n\n'], 9).error).toBeInstanceOf(StreamLimitError);
    });

    it('errors after the messages before it, with the limit and the size', () => {
      const { messages, error } = outcomeOf(['data:1\n\ndata:12345\ndata:12345\n\n'], 10);
      expect(messages).toEqual([message('1')]);
      expect(error).toMatchObject({ name: 'StreamLimitError', limit: 10, size: 11 });
      expect((error as Error).message).toContain('maxMessageLength');
    });

    it('is of the data, not of what a line of it begins with, whole or pending', () => {
      for (const text of ['data: 1234\n\n', 'data:1234\n\n']) {
        expect(outcomeOf([text], 4)).toEqual({ messages: [message('1234')], error: undefined });
        expect(outcomeOf(text.split(''), 4)).toEqual({ messages: [message('1234')], error: undefined });
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
        expect(outcomeOf([text], 4)).toEqual({ messages: [message('1234')], error: undefined });
        expect(outcomeOf(text.split(''), 4)).toEqual({ messages: [message('1234')], error: undefined });
      }
    });

    it('is of a message, not of a chunk or a stream', () => {
      expect(outcomeOf(['data:1\n\n'.repeat(100)], 1).messages).toHaveLength(100);
    });

    it('is 16 Mi characters if omitted, none at Infinity', () => {
      const long = `data: ${'x'.repeat(DEFAULT_MAX_LENGTH + 1)}`;
      const push = (text: string, config?: SseDecoderConfig) => () => {
        decoding(config).decoder.push(text);
      };
      expect(push(long.slice(1))).not.toThrow();
      expect(push(long)).toThrow(StreamLimitError);
      expect(push(long, { maxMessageLength: Infinity })).not.toThrow();
    });
  });

  it('gives what the standard gives for the whole text, wherever it is cut', () => {
    fc.assert(
      fc.property(splits(wireText(sseWords)), ({ whole, chunks }) => {
        const { decoder, sink } = decoding();
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
  const { decoder, sink } = decoding(config);
  let error: unknown;
  try {
    for (const chunk of chunks) decoder.push(chunk);
    decoder.endLine();
    decoder.end();
  } catch (reason) {
    error = reason;
  }
  return { messages: sink.values, error };
}

describe('The clean end of a stream', () => {
  interface End {
    readonly of: string;
    readonly text: string;
    readonly dispatches?: readonly SseMessage[];
    /** What is left with `'dispatch'`, and with `'error'` too where it is the same. */
    readonly left?: string;
    readonly leftIfStrict?: string | undefined;
  }
  const ends: readonly End[] = [
    { of: 'nothing', text: '' },
    { of: 'a whole message', text: 'data: a\n\n', dispatches: [message('a')] },
    { of: 'a whole line of data', text: 'data: a\n', dispatches: [message('a')], leftIfStrict: 'data: a\n' },
    { of: 'a line that CR ends', text: 'data: a\r', dispatches: [message('a')], leftIfStrict: 'data: a\n' },
    {
      of: 'a line that CRLF ends',
      text: 'data: a\r\n',
      dispatches: [message('a')],
      leftIfStrict: 'data: a\n',
    },
    { of: 'data without a value', text: 'data\n', dispatches: [message('')], leftIfStrict: 'data: \n' },
    {
      of: 'whole lines of each field',
      text: ':c\nid:7\nevent:t\nretry:5\ndata:a\ndata: b\n',
      dispatches: [message('a\nb', '7', 't')],
      leftIfStrict: 'event: t\nid: 7\ndata: a\ndata: b\n',
    },
    {
      of: 'a second block',
      text: 'data: a\n\ndata: [DONE]\n',
      dispatches: [message('a'), message('[DONE]')],
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
    const before = messagesOf(whole);

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
      const { decoder, sink } = decoding();
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
    const { decoder, sink } = decoding();
    decoder.push('id: 7\nevent: t\ndata: a\nda');
    decoder.end(true);
    const next = following(decoder, sink);
    next.push('data: b\n');
    next.end();
    expect(sink.values).toEqual([message('b')]);
  });

  it('dispatches nothing to a sink that has closed', () => {
    const sink = recordingSink<SseMessage>(1);
    const decoder = sseDecoder(sink);
    decoder.push('data: a\n\ndata: b\nda');
    decoder.endLine();
    decoder.end();
    expect(sink.values).toEqual([message('a')]);
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
    'are no others: %j is not an error',
    (text) => {
      expect(endOf([text], { onIgnored: 'error' }).error).toBeUndefined();
    },
  );

  it('are counted anew in each connection', () => {
    const { decoder, sink } = decoding({ onIgnored: 'error' });
    decoder.push('data: a\n\n: c\nda');
    const next = following(decoder, sink, { onIgnored: 'error' });
    expect(() => {
      next.push('\nx\n');
    }).toThrow(expect.objectContaining({ lineNumber: 2, offset: 1 }));
  });

  it('end the stream with what the function throws, as it is', () => {
    const reason = new RangeError('mine');
    const onIgnored = (): never => {
      throw reason;
    };
    expect(endOf(['data: a\n\n:c\n'], { onIgnored })).toEqual({ messages: [message('a')], error: reason });
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

describe('how a stream says that it ended', () => {
  const hello = 'id: 1\ndata: hello\n\n';

  /** What one connection comes to, its clean end included. */
  function connection(...chunks: string[]) {
    const { decoder, sink } = decoding();
    let error: unknown;
    try {
      chunks.forEach(decoder.push);
      if (!sink.closed) decoder.end(true);
    } catch (reason) {
      error = reason;
    }
    return { data: sink.values.map(({ data }) => data), completed: sink.completed, error };
  }

  it('is a comment, which every client ignores', () => {
    const wire = sseAnnouncement() + hello + sseCompletion() + sseFailure('why');
    expect(wire).toBe(
      ':rxjs-http-streams\nid: 1\ndata: hello\n\n:rxjs-http-streams end\n\n:rxjs-http-streams error why\n\n',
    );
    expect(referenceSse(wire)).toEqual({
      messages: [message('hello', '1')],
      lastEventId: '1',
      retry: undefined,
    });
  });

  it('completes at the end that was announced, wherever the text is cut', () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const text = (sseAnnouncement() + hello + sseCompletion()).replaceAll('\n', lineEnd);
      const expected = { data: ['hello'], completed: true, error: undefined };
      for (let place = 0; place <= text.length; place++) {
        expect(connection(text.slice(0, place), text.slice(place))).toEqual(expected);
      }
      expect(connection(...text.split(''))).toEqual(expected);
    }
  });

  it('is not cut where the connection ends after it', () => {
    const { decoder, sink } = decoding();
    decoder.push(sseAnnouncement() + sseCompletion());
    expect(sink.completed).toBe(true);
    expect(decoder.end).not.toThrow();
  });

  it('gives nothing that follows the end, not even in the same chunk', () => {
    const text = sseAnnouncement() + hello + sseCompletion() + hello + sseFailure('late');
    expect(connection(text)).toEqual({ data: ['hello'], completed: true, error: undefined });
  });

  it('throws what the server says went wrong, after the messages before it, wherever it is cut', () => {
    const text = sseAnnouncement() + hello + sseFailure('out of: paper 😀') + hello;
    for (let place = 0; place <= text.length; place++) {
      const { error, ...rest } = connection(text.slice(0, place), text.slice(place));
      expect(rest).toEqual({ data: ['hello'], completed: false });
      expect(isStreamServerError(error)).toBe(true);
      expect(error).toMatchObject({ reason: 'out of: paper 😀' });
    }
  });

  it.each([
    ['', ''],
    ['a\nb', 'a b'],
    ['a\r\nb\rc\n\n', 'a b c  '],
    ['x\n\ndata: forged\n\n', 'x  data: forged  '],
    ['end', 'end'],
  ])('makes one line of the reason %j', (reason, read) => {
    const { data, error } = connection(sseAnnouncement() + sseFailure(reason));
    expect(data).toEqual([]);
    expect(error).toMatchObject({ name: 'StreamServerError', reason: read });
  });

  it('takes an announced stream without an end for a cut one', () => {
    for (const text of ['', hello, 'data: half', ':rxjs-http-streams en', ':rxjs-http-streams end']) {
      const { error, completed } = connection(sseAnnouncement(), text);
      expect(completed).toBe(false);
      expect(isStreamTruncatedError(error)).toBe(true);
      expect(error).toMatchObject({ message: 'The stream ended without the end that it announced' });
    }
  });

  it.each([
    [':rxjs-http-streams end\n\n'],
    [':rxjs-http-streams error why\n\n'],
    [': rxjs-http-streams\n:rxjs-http-streams end\n\n'],
    [':rxjs-http-streams \n:rxjs-http-streams end\n\n'],
    [':rxjs-http-streams2\n:rxjs-http-streams end\n\n'],
    ['rxjs-http-streams:\n:rxjs-http-streams end\n\n'],
    ['data:rxjs-http-streams\n\n:rxjs-http-streams end\n\n'],
  ])('means nothing in a stream that did not announce it: %j', (text) => {
    const { data, completed, error } = connection(text, hello);
    expect({ completed, error }).toEqual({ completed: false, error: undefined });
    expect(data.at(-1)).toBe('hello');
  });

  it.each([
    ': rxjs-http-streams end',
    ':rxjs-http-streams end ',
    ':rxjs-http-streams  end',
    ':rxjs-http-streams END',
    ':rxjs-http-streams ended',
    ':rxjs-http-streams error',
    ':rxjs-http-streams errors x',
    ':rxjs-http-streams',
    ':',
  ])('is no other comment: %j', (comment) => {
    const { data, completed, error } = connection(sseAnnouncement(), `${comment}\n`, hello, sseCompletion());
    expect({ data, completed, error }).toEqual({ data: ['hello'], completed: true, error: undefined });
  });

  it('is announced by each connection anew', () => {
    const { decoder, sink } = decoding();
    decoder.push(sseAnnouncement() + hello);
    expect(decoder.end).toThrow();
    const next = following(decoder, sink);
    expect(next.end).not.toThrow();
    next.push(sseCompletion() + sseFailure('why') + hello);
    expect(sink).toMatchObject({ completed: false });
    expect(sink.values).toHaveLength(2);
  });

  it('can be forged by no message', () => {
    const word = fc.constantFrom(
      '\r',
      '\n',
      ':',
      ' ',
      'rxjs-http-streams',
      ' end',
      ' error ',
      ':rxjs-http-streams',
    );
    const hostile = fc.string({ unit: word });
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (comment, data, type, id) => {
        const oneLine = (text: string): string => text.replace(/[\r\n]/g, '');
        const block = sseBlock({ comment, data, type: oneLine(type), id: oneLine(id).trim() });
        const unannounced = connection(block + sseCompletion(), hello);
        expect(unannounced).toMatchObject({ completed: false, error: undefined });
        expect(unannounced.data).toHaveLength(2);
        const announced = connection(sseAnnouncement() + block, hello, sseCompletion());
        expect(announced).toMatchObject({ completed: true, error: undefined });
        expect(announced.data).toHaveLength(2);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('sseBlock', () => {
  it('writes the fields that are there and ends with a blank line', () => {
    expect(sseBlock({ comment: 'c', type: 't', id: '1', retry: 5, data: 'd' })).toBe(
      ': c\nevent: t\nid: 1\nretry: 5\ndata: d\n\n',
    );
    expect(sseBlock({ type: 'message', data: '' })).toBe('data: \n\n');
    expect(sseBlock({ retry: undefined })).toBe('\n');
  });

  it('writes data and comments over as many lines as they have, at LF, CR and CRLF', () => {
    expect(sseBlock({ data: 'a\nb\rc\r\nd\n' })).toBe('data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n');
    expect(sseBlock({ comment: 'a\rdata: b\r\nc' })).toBe(': a\n: data: b\n: c\n\n');
  });

  it.each(['\n', '\r', '\r\n'])('writes two empty lines of data for %j alone', (data) => {
    expect(sseBlock({ data })).toBe('data: \ndata: \n\n');
  });

  it('writes data that is no string as JSON', () => {
    expect(sseBlock({ data: { a: 'x\ny' } })).toBe('data: {"a":"x\\ny"}\n\n');
    expect(sseBlock({ data: null })).toBe('data: null\n\n');
    expect(sseBlock({ data: 0 })).toBe('data: 0\n\n');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a BigInt', 1n],
    ['a cycle', cycle],
  ])('refuses %s for data with a TypeError that names the field', (_, data) => {
    const refused = () => sseBlock({ data });
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^data\b/);
  });

  it.each(['a\nb', 'a\rb', '\r\n', 'a\0', '\n', 'a\ud83d', '\ude00\ud83d'])(
    'refuses %j for an id and for a type',
    (text) => {
      expect(() => sseBlock({ id: text, data: 'x' })).toThrow(TypeError);
      expect(() => sseBlock({ type: text, data: 'x' })).toThrow(TypeError);
    },
  );

  it.each([' ', '7 ', '\t7', '\x01', 'a\x7fb', '\x1b'])(
    'refuses %j for an id, which no header would bring back as it is, and no type',
    (text) => {
      expect(() => sseBlock({ id: text, data: 'x' })).toThrow(/^id: expected no line break, .* got '/);
      expect(sseBlock({ type: text, data: 'x' })).toBe(`event: ${text}\ndata: x\n\n`);
    },
  );

  it('takes any character in an id that a header carries', () => {
    for (const id of ['a b\tc', 'é', '日本', '😀', '~', '\u0080', '\ufeff']) {
      expect(sseBlock({ id })).toBe(`id: ${id}\n\n`);
    }
  });

  it('calls the field that it refuses what the message calls it', () => {
    expect(() => sseBlock({ id: 'a\nb' })).toThrow(/^id: /);
    expect(() => sseBlock({ type: 'a\nb' })).toThrow(/^type: /);
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53, '5'])('refuses a retry of %s, and names the field', (retry) => {
    const refused = () => sseBlock({ retry: retry as number });
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^retry: /);
  });

  it.each([
    ['type', 5, '5'],
    ['id', null, 'null'],
    ['comment', ['a'], 'an array'],
  ])('refuses a %s that is no string (%j), and names it', (member, value, described) => {
    expect(() => sseBlock({ [member]: value })).toThrow(
      new TypeError(`${member}: expected a string, got ${described}`),
    );
  });

  it.each([
    ['id', '\u0007'.repeat(4 * 1024 * 1024)],
    ['type', '\n'.repeat(4 * 1024 * 1024)],
  ])('shows at most a hundred characters of a refused %s', (member, value) => {
    const refused = () => sseBlock({ [member]: value });
    expect(refused).toThrow(new RegExp(`^${member}: expected .{60,110}, got '(\\\\x0[7a]){25}'$`));
  });

  it('takes a retry of 0', () => {
    expect(sseBlock({ retry: 0 })).toBe('retry: 0\n\n');
  });

  const hostile = wireText([...sseWords, 'data: forged\n\n', '\nid: forged\n\n']);
  const clean = hostile.map((text) => text.replace(/[\r\n\0\ud800-\udfff]/gu, ''));
  const cleanId = clean.map((text) => Array.from(text).filter(canBeId).join(''));

  it('is read back as what was written, wherever it is cut', () => {
    const inits = fc.array(
      fc.record(
        { data: hostile, type: clean, id: cleanId, comment: hostile, retry: fc.nat() },
        { requiredKeys: ['data'] },
      ),
      { maxLength: 4 },
    );
    const written = inits.chain((messages) =>
      splits(fc.constant(messages.map(sseBlock).join(''))).map(({ chunks }) => ({ messages, chunks })),
    );
    fc.assert(
      fc.property(written, ({ messages, chunks }) => {
        let lastId = '';
        const expected = messages.map(({ data, type, id }) => {
          lastId = id ?? lastId;
          return message(data.replace(/\r\n|\r/g, '\n'), lastId, type || 'message');
        });
        const { decoder, sink } = decoding();
        chunks.forEach(decoder.push);
        expect(sink.values).toEqual(expected);
        expect(decoder.state.lastEventId).toBe(lastId);
        expect(decoder.state.retry).toBe(
          messages.reduce<number | undefined>((last, { retry }) => retry ?? last, undefined),
        );
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('lets no string forge another message: it arrives as itself or is refused', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (data, type, id, comment) => {
        let block: string;
        try {
          block = sseBlock({ data, type, id, comment });
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect(canBeType(type) && canBeId(id)).toBe(false);
          return;
        }
        expect(messagesOf(block)).toEqual([message(data.replace(/\r\n|\r/g, '\n'), id, type || 'message')]);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('sseFrame', () => {
  it('takes a string for the data of a message, whatever is in it', () => {
    expect(sseFrame('a\nid: 1', 0)).toBe('data: a\ndata: id: 1\n\n');
    expect(sseFrame('', 0)).toBe('data: \n\n');
  });

  it.each<[string, unknown]>([
    ['a number', 5],
    ['a boolean', true],
    ['a BigInt', 5n],
    ['null', null],
    ['undefined', undefined],
    ['nothing', {}],
    ['an empty array', []],
    ['an array', [{ data: 'x' }]],
    ['a Date', new Date(0)],
    ['a Map', new Map([['data', 'x']])],
    ['bytes', Uint8Array.of(1)],
    ['a function', () => 'x'],
    ['a value of its own', { price: 5 }],
    ['a message with a misspelt member', { data: 'x', event: 'tick' }],
  ])('refuses %s, names its index, and says how it is sent', (_, value) => {
    const refused = () => sseFrame(value as SseMessageInit, 41);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^message 41: .*map\(\(data\) => \(\{ data \}\)\)$/);
  });

  it('names the member that no message has', () => {
    expect(() => sseFrame({ data: 'x', event: 'tick' } as SseMessageInit, 0)).toThrow(
      /^message 0: event: a message has data, type, id, retry, comment; /,
    );
  });

  it.each([
    [{ type: 'done' }, 'event: done\ndata: \n\n'],
    [{ type: 'message' }, 'data: \n\n'],
    [{ id: '7', type: 'done' }, 'event: done\nid: 7\ndata: \n\n'],
    [{ id: '7' }, 'id: 7\n\n'],
    [{ retry: 5 }, 'retry: 5\n\n'],
    [{ type: undefined, id: '7' }, 'id: 7\n\n'],
  ])('sends a type without data as a message, and nothing else without data: %j', (message, block) => {
    expect(sseFrame(message, 0)).toBe(block);
  });

  it('names the index and the member of what it refuses, and keeps the reason', () => {
    let error: unknown;
    try {
      sseFrame({ data: 1n }, 7);
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ name: 'TypeError', cause: { name: 'TypeError' } });
    expect((error as Error).message).toMatch(/^message 7: data: /);
  });

  it.each([{ retry: 5 }, { id: '1' }, { comment: 'x' }, { type: 'tick', data: null }])(
    'takes %j',
    (value) => {
      expect(() => sseFrame(value, 0)).not.toThrow();
    },
  );
});
