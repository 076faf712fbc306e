import { count, from, map, of } from 'rxjs';
import {
  StreamParseError,
  formatNdjson,
  formatSse,
  parseJson,
  parseMessages,
  parseNdjson,
  parseSse,
} from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { chunksOf } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome';

const MILLION = 1_000_000;
const inChunks = (text: string) => from(chunksOf(text, 64 * 1024));

describe('A million', { timeout: 20_000 }, () => {
  it.each([
    ['blank lines', '\n'],
    ['carriage returns', '\r'],
    ['empty comments', ':\n'],
    ['comments', ': quiet\n\n'],
    ['empty ids', 'id\n'],
    ['types', 'event: tick\n'],
    ['reconnection times', 'retry: 1\n'],
    ['fields that nobody knows', 'x\n'],
    ['blocks without data', 'event: tick\n\n'],
  ])('%s are nothing, and the message behind them arrives', (_, line) => {
    const outcome = outcomeOf(inChunks(`${line.repeat(MILLION)}\ndata: ok\n\n`).pipe(parseSse()));
    expect(outcome).toEqual({
      values: [{ type: 'message', data: 'ok', id: '' }],
      completed: true,
      error: undefined,
    });
  });

  it.each(['data\n\n', 'data:\n\n', 'data\r\r', 'data: \r\n\r\n'])(
    'empty messages (%j) are a million messages, none of which is kept',
    (message) => {
      const outcome = outcomeOf(inChunks(message.repeat(MILLION)).pipe(parseSse(), count()));
      expect(outcome).toEqual({ values: [MILLION], completed: true, error: undefined });
    },
  );

  // Of a blank line that JSON were asked of, a million would take a quarter of a minute.
  it.each(['\n', '\r\n', ' \n'])(
    'blank lines (%j) are no row, and the row behind them arrives at once',
    { timeout: 5_000 },
    (line) => {
      const outcome = outcomeOf(inChunks(`${line.repeat(MILLION)}{"a":1}`).pipe(parseNdjson()));
      expect(outcome).toEqual({ values: [{ a: 1 }], completed: true, error: undefined });
    },
  );

  it.each([
    ['carriage returns', '\r', 0],
    ['messages of one character', 'data: a\r\r', MILLION],
    ['messages with line ends of two', 'data: a\r\n\r\n', MILLION],
  ])('%s are read in linear time, also in one chunk', (_, line, expected) => {
    const outcome = outcomeOf(of(`${line.repeat(MILLION)}\n`).pipe(parseSse(), count()));
    expect(outcome).toEqual({ values: [expected], completed: true, error: undefined });
  });
});

describe('Lines that are not JSON', () => {
  it('are left out one by one where they may be', { timeout: 20_000 }, () => {
    const outcome = outcomeOf(
      inChunks(`${'x\n'.repeat(10_000)}1\n`).pipe(parseNdjson({ onBadLine: 'skip' })),
    );
    expect(outcome).toEqual({ values: [1], completed: true, error: undefined });
  });
});

describe('A hundred thousand', { timeout: 20_000 }, () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);

  it('levels of nesting are a row, and an error where it is sent on', () => {
    expect(outcomeOf(of(`${deep}\n1\n`).pipe(parseNdjson(), count())).values).toEqual([2]);
    const sent = [
      of(deep).pipe(parseJson(), formatNdjson()),
      of(deep).pipe(
        parseJson(),
        map((data) => ({ data })),
        formatSse(),
      ),
    ];
    for (const text$ of sent) expect(outcomeOf(text$).error).toBeInstanceOf(TypeError);
  });

  it('levels of nesting that are never left are a row that is not JSON', () => {
    const { error } = outcomeOf(of(`${'{"a":'.repeat(100_000)}\n`).pipe(parseNdjson()));
    expect(error).toBeInstanceOf(StreamParseError);
    expect(String(error).length).toBeLessThan(250);
  });
});

describe('Names that every object has', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

  it.each([{}, { terminal: 'notification' }, { onBadLine: 'skip' }] as const)(
    'are own properties of the rows that have them, and change no other object (%j)',
    (config) => {
      const row = `{${names.map((name) => `"${name}":{"admin":true}`).join(',')}}`;
      const line = 'terminal' in config ? `{"kind":"N","value":${row}}\n{"kind":"C"}\n` : `${row}\n`;
      const { values, completed } = outcomeOf(of(line).pipe(parseNdjson<object>(config)));
      expect(completed).toBe(true);
      expect(values.map((value) => Object.keys(value))).toEqual([names]);
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
      expect(Object.prototype).not.toHaveProperty('admin');
    },
  );

  it.each(names)('are types of messages as any other: %s', (type) => {
    const text = `event: ${type}\nid: ${type}\ndata: {"__proto__":{"admin":true}}\n\n`;
    const messages: SseMessage[] = [{ type, id: type, data: '{"__proto__":{"admin":true}}' }];
    expect(outcomeOf(of(text).pipe(parseSse())).values).toEqual(messages);
    expect(outcomeOf(from(messages).pipe(formatSse(), parseSse())).values).toEqual(messages);
    // No parser is found for them that the application has not given.
    expect(outcomeOf(from(messages).pipe(parseMessages({ tick: Number })))).toEqual({
      values: [],
      completed: true,
      error: undefined,
    });
  });
});
