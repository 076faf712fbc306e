import fc from 'fast-check';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { LONGEST_PIECE } from '../../src/protocol/inPieces';
import { readUsualBlocks } from '../../src/protocol/usualBlocks';
import { recordingSink } from '../support/recordingSink';
import { referenceSse } from '../support/referenceSse';
import { sseMessage } from '../support/sseDecoding';

/** The messages of the usual blocks of a text, what they leave of it, and the ID after them. */
function read(
  text: string,
  { from = 0, skipsComments = true } = {},
): { messages: readonly SseMessage[]; rest: string; lastEventId: string } {
  const sink = recordingSink<SseMessage>();
  const state = { lastEventId: 'before' };
  const place = readUsualBlocks(text, from, text.indexOf('\n', from), sink, state, skipsComments);
  return { messages: sink.values, rest: text.slice(place), lastEventId: state.lastEventId };
}

describe('Usual blocks', () => {
  it.each<[name: string, text: string, message: SseMessage]>([
    ['one line of data', 'data: a\n\n', sseMessage('a', 'before')],
    ['no space after the colon', 'data:a\n\n', sseMessage('a', 'before')],
    ['empty data', 'data:\n\n', sseMessage('', 'before')],
    ['two lines of data', 'data: a\ndata:b\n\n', sseMessage('a\nb', 'before')],
    ['an ID and a type', 'id: 1\nevent: tick\ndata: a\n\n', sseMessage('a', '1', 'tick')],
    ['the last ID and type count', 'id: 1\nid:2\nevent: x\nevent:\ndata: a\n\n', sseMessage('a', '2')],
    ['an empty ID', 'id\u003a\ndata: a\n\n', sseMessage('a', '')],
    ['comments and blank lines before', '\n\n: c\n\n:\n:c\ndata: a\n\n', sseMessage('a', 'before')],
  ])('are read: %s', (_, text, message) => {
    const expected = { messages: [message], rest: '', lastEventId: message.id };
    expect(read(text)).toEqual(expected);
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(read(`x\n${text}`, { from: 2 })).toEqual(expected);
  });

  it.each<[name: string, block: string]>([
    ['an ID after the data', 'data: a\nid: 1\n\n'],
    ['an ID without data', 'id: 1\n\n'],
    ['a type without data', 'event: x\n\n'],
    ['a comment within', 'id: 1\n: c\ndata: a\n\n'],
    ['a NUL in the ID', 'id: \0\ndata: a\n\n'],
    ['a NUL later in the text', 'id: 1\ndata: \0\n\n'],
    ['a reconnection time', 'retry: 1\ndata: a\n\n'],
    ['another field', 'date: a\n\n'],
    ['a name without its colon', 'data\n\n'],
    ['the announcement of an end', ':rxjs-http-streams\n'],
    ['an unfinished line of data', 'data: a'],
    ['an unfinished blank line', 'data: a\n'],
    ['an unfinished second line', 'data: a\ndata: b'],
    ['an unfinished line after an ID', 'id: 1\ndata: b'],
    ['nothing after an ID', 'id: 1\n'],
  ])('are left, with what follows: %s', (_, block) => {
    const text = `data: first\n\n${block}`;
    const expected = { messages: [sseMessage('first', 'before')], rest: block, lastEventId: 'before' };
    expect(read(text)).toEqual(expected);
    const crlf = (lines: string): string => lines.replaceAll('\n', '\r\n');
    expect(read(crlf(text))).toEqual({ ...expected, rest: crlf(block) });
  });

  it.each([
    'data: a\n\n',
    'data: a\r\n\n',
    'data: a\n\r\n',
    'data: a\rb\r\n\r\n',
    'data: a\r\ndata: b\n\r\n',
  ])('are left where another line break follows CRLF: %j', (block) => {
    const text = `data: first\r\n\r\n${block}`;
    expect(read(text)).toMatchObject({ messages: [sseMessage('first', 'before')], rest: block });
  });

  it('are left where somebody reads comments', () => {
    expect(read('data: a\n\n: c\ndata: b\n\n', { skipsComments: false })).toMatchObject({
      messages: [sseMessage('a', 'before')],
      rest: ': c\ndata: b\n\n',
    });
  });

  it('are left in a long text where they have IDs, which would each be searched for a NUL to its end', () => {
    const rest = `id: 1\ndata: b\n\n:${'c'.repeat(LONGEST_PIECE)}\n`;
    expect(read(`data: a\n\n${rest}`)).toEqual({
      messages: [sseMessage('a', 'before')],
      rest,
      lastEventId: 'before',
    });
  });

  it('are left when the consumer has gone', () => {
    const values: SseMessage[] = [];
    const sink = {
      closed: false,
      next(value: SseMessage) {
        values.push(value);
        sink.closed = true;
      },
      complete: () => undefined,
    };
    const text = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n';
    const state = { lastEventId: '' };
    expect(readUsualBlocks(text, 0, text.indexOf('\n'), sink, state, true)).toBe(text.indexOf('id: 2'));
    expect(values).toEqual([sseMessage('a', '1')]);
    expect(state).toEqual({ lastEventId: '1', delivered: true });
  });

  it('give the messages of the standard, and what they leave gives the others', () => {
    const line = fc.constantFrom(
      'data: a',
      'data:b',
      'data',
      'id: 1',
      'id:\0',
      'event: e',
      'retry: 1',
      ': c',
      '',
      '',
      'x',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'))
      .map(([lines, lineBreak]) => lines.map((each) => each + lineBreak).join(''));
    fc.assert(
      fc.property(text, (whole) => {
        const { messages, rest, lastEventId } = read(whole);
        const others = referenceSse(`id: ${lastEventId}\n\n${rest}`).messages;
        expect([...messages, ...others]).toEqual(referenceSse(`id: before\n\n${whole}`).messages);
      }),
    );
  });
});
