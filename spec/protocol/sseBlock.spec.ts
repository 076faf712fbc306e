import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sseBlock, sseFrame } from '../../src/protocol/sseBlock';
import type { SseMessageInit } from '../../src/protocol/sseMessage';
import { canBeId, canBeType } from '../support/hostileText';
import { splits } from '../support/splits';
import { sseDecoding, sseMessage, sseMessagesOf } from '../support/sseDecoding';
import { sseWords } from '../support/sseWords';
import { wireText } from '../support/wireBytes';

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

  it('writes data that is not a string as JSON', () => {
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
          return sseMessage(data.replace(/\r\n|\r/g, '\n'), lastId, type || 'message');
        });
        const { decoder, sink } = sseDecoding();
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
        expect(sseMessagesOf(block)).toEqual([
          sseMessage(data.replace(/\r\n|\r/g, '\n'), id, type || 'message'),
        ]);
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
