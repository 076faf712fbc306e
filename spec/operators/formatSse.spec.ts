import fc from 'fast-check';
import { from, of } from 'rxjs';
import { formatSse, parseSse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { canBeId, canBeType } from '../support/hostileText';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';

const refusalOf = (message: unknown): string => {
  const { values, error } = outcomeOf(of('first', message as SseMessageInit).pipe(formatSse()));
  expect(values).toEqual(['data: first\n\n']);
  expect(error).toBeInstanceOf(TypeError);
  return (error as Error).message;
};

describe('formatSse', () => {
  itKeepsTheOperatorContract<SseMessageInit | string, string>('messages', {
    create: formatSse,
    chunks: {
      a: 'hello',
      b: { id: '7', data: { n: 1 } },
      c: { comment: 'hi', type: 'tick', data: 'a\r\nb' },
    },
    values: {
      x: 'data: hello\n\n',
      y: 'id: 7\ndata: {"n":1}\n\n',
      z: ': hi\nevent: tick\ndata: a\ndata: b\n\n',
    },
    dense: ['hello', { id: '7', data: { n: 1 } }, { comment: 'hi', type: 'tick', data: 'a\r\nb' }],
  });

  it('relays what parseSse gives', () => {
    const stream = 'data: a\n\nid: 7\nevent: tick\ndata: b\ndata: c\n\ndata: d\n\nid\ndata: e\n\n';
    const messages = outcomeOf(of(stream).pipe(parseSse())).values;
    expect(outcomeOf(from(messages).pipe(formatSse(), parseSse())).values).toEqual(messages);
  });

  it('lets no text forge a message: it arrives as data, or is refused', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('\r', '\n', '\0', ':', ' ', 'data', 'id', 'x') }),
    );
    fc.assert(
      fc.property(text, text, text, (data, type, id) => {
        const { values, error } = outcomeOf(of({ data, type, id }).pipe(formatSse(), parseSse()));
        const refused = !canBeType(type) || !canBeId(id);
        expect(error === undefined).toBe(!refused);
        expect(values).toEqual(
          refused ? [] : [{ data: data.replace(/\r\n?/g, '\n'), type: type || 'message', id }],
        );
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('names the message and the member that it refuses, after the messages before it', () => {
    expect(refusalOf({ id: '1\ndata: spoof', data: 'x' })).toMatch(/^message 1: id: /);
    expect(refusalOf({ type: 'a\rb', data: 'x' })).toMatch(/^message 1: type: /);
    expect(refusalOf({ retry: -1 })).toMatch(/^message 1: retry: /);
    expect(refusalOf({ data: undefined })).toMatch(/^message 1: data: /);
    expect(refusalOf({ data: 1n })).toMatch(/^message 1: data: /);
  });

  it('says what to do with a value that is not a message', () => {
    expect(refusalOf({ price: 5 })).toMatch(/^message 1: price: .*map\(\(data\) => \(\{ data \}\)\)/);
    expect(refusalOf([1])).toMatch(/^message 1: 0: /);
  });
});
