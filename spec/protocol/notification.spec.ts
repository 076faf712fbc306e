import fc from 'fast-check';
import { isStreamParseError, isStreamServerError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../src/protocol/jsonLine';
import type { JsonLine } from '../../src/protocol/jsonLine';
import { ndjsonDecoder } from '../../src/protocol/ndjsonDecoder';
import { ndjsonCompletion, ndjsonFailure, ndjsonNext } from '../../src/protocol/notification';
import type { NdjsonRead } from '../support/readNdjson';
import { recordingSink } from '../support/recordingSink';
import { splits } from '../support/splits';
import { thrownBy } from '../support/thrownBy';

interface ReadNotifications extends NdjsonRead<unknown> {
  readonly completed: boolean;
}

/** Reads the chunks of a body of notifications that ends cleanly. */
function readNotifications(...chunks: string[]): ReadNotifications {
  const sink = recordingSink<unknown>();
  const read = (...line: JsonLine): void => {
    sink.next(parseJsonText(...line));
  };
  const { push, end } = ndjsonDecoder(sink, read, { notifications: true });
  const error = thrownBy(() => {
    chunks.forEach(push);
    if (!sink.closed) end();
  });
  return { values: sink.values, completed: sink.completed, error };
}

describe('notifications', () => {
  const whole = ndjsonNext({ a: '}' }) + ndjsonNext(null) + ndjsonNext('{"kind":"C"}') + ndjsonCompletion();
  const values = [{ a: '}' }, null, '{"kind":"C"}'];

  it('are written as RxJS has them', () => {
    expect(
      whole
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { kind: 'N', value: { a: '}' } },
      { kind: 'N', value: null },
      { kind: 'N', value: '{"kind":"C"}' },
      { kind: 'C' },
    ]);
    expect(ndjsonFailure('a "b"\nc')).toBe('{"kind":"E","error":"a \\"b\\"\\nc"}\n');
  });

  it('give their values and complete at the last one, wherever they are cut', () => {
    for (let place = 0; place <= whole.length; place++) {
      const read = readNotifications(whole.slice(0, place), whole.slice(place));
      expect(read).toEqual({ values, completed: true, error: undefined });
    }
  });

  it('are over at the completion: what follows is not looked at, not even in the same chunk', () => {
    const after = [ndjsonNext('late'), 'nonsense\n', ndjsonFailure('late'), '{"kind":"N","va'];
    for (const text of after) {
      expect(readNotifications(whole + text)).toEqual({ values, completed: true, error: undefined });
    }
  });

  it('are complete without a line feed after the last one', () => {
    expect(readNotifications(whole.trimEnd())).toEqual({ values, completed: true, error: undefined });
  });

  it('throw what the server says went wrong, after the values before it', () => {
    const read = readNotifications(ndjsonNext(1) + ndjsonFailure('out of "paper"\n😀') + ndjsonNext(2));
    expect(read).toMatchObject({ values: [1], completed: false });
    expect(isStreamServerError(read.error)).toBe(true);
    expect(read.error).toMatchObject({ reason: 'out of "paper"\n😀' });
  });

  it.each([
    ['nothing at all', '', [], 'its last notification'],
    ['values alone', ndjsonNext(1) + ndjsonNext(2), [1, 2], 'its last notification'],
    [
      'values, the last without a line feed',
      ndjsonNext(1) + ndjsonNext(2).trimEnd(),
      [1, 2],
      'its last notification',
    ],
    ['half a value', `${ndjsonNext(1)}{"kind":"N","val`, [1], 'the rest of its last line'],
    ['a value but for the last brace', `{"kind":"N","value":{"a":1}`, [], 'the rest of its last line'],
    ['half a completion', `${ndjsonNext(1)}{"kind":"C"`, [1], 'the rest of its last line'],
    ['half a failure', `${ndjsonNext(1)}{"kind":"E","error":"out of`, [1], 'the rest of its last line'],
  ])('know %s for a stream that was cut, and say what is missing', (_, text, before, missing) => {
    const read = readNotifications(text);
    expect(read).toMatchObject({ values: before, completed: false });
    expect(isStreamTruncatedError(read.error)).toBe(true);
    expect(read.error).toMatchObject({ message: `The stream ended without ${missing}` });
  });

  it.each([
    ' {"kind":"N","value":1} ',
    '{ "kind" : "N" , "value" : 1 }',
    '\t{"kind":\t"N","value":\t1\t}\t\r',
    '{"kind": "N", "value": 1}\r',
  ])('may hold white space as JSON has it: %j', (line) => {
    expect(readNotifications(`${line}\n${ndjsonCompletion()}`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it('may hold white space in a completion, too', () => {
    expect(readNotifications(`${ndjsonNext(1)} {\t"kind" : "C" } \r\n`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it('leave blank lines out', () => {
    expect(readNotifications(`\n${ndjsonNext(1)}\r\n \n${ndjsonCompletion()}`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it.each([
    '1',
    'null',
    '{"value":1}',
    '{"kind":"X","value":1}',
    '{"kind":"n","value":1}',
    '[{"kind":"C"}]',
    '{"kind":"N","value":1}}',
    '{"kind":"N","value":}',
    '{"kind":"N"}',
    '{"kind":"N","value":1',
    '{"kind":"C"',
    '{"kind":"C"}}',
    '{"kind":"E"}',
    '{"kind":"E","error":oops}',
    '{"kind":"E","value":"oops"}',
    '{"kind":"N","error":1}',
    'nonsense',
  ])('refuse the line %j with its place, after the values before it', (line) => {
    const { values: before, error } = readNotifications(`${ndjsonNext(1)}\n${line}\n${ndjsonCompletion()}`);
    expect(before).toEqual([1]);
    expect(isStreamParseError(error)).toBe(true);
    expect(error).toMatchObject({ lineNumber: 3, offset: 24 });
  });

  it.each([
    ['null', 'null'],
    ['a number', '5'],
    ['an object', '{"toString":1}'],
    ['an array', '["x"]'],
    ['deep arrays', `${'['.repeat(400)}"x"${']'.repeat(400)}`],
    ['half a string', '"x'],
    ['two strings', '"x","y"'],
  ])('refuse %s as the reason of a failure', (_, reason) => {
    const line = `{"kind":"E","error":${reason}}`;
    for (const text of [`${line}\n`, ` { "kind" : "E" , "error" : ${reason} } \r\n`]) {
      const { error } = readNotifications(ndjsonNext(1) + text);
      expect(error).toMatchObject({ name: 'StreamParseError', lineNumber: 2 });
      expect((error as Error).message).toMatch(/^Expected a notification in line 2, got: /);
    }
    // Without its line feed it may be the beginning of more.
    expect(readNotifications(line).error).toMatchObject({ name: 'StreamTruncatedError', pending: line });
  });

  it('drop byte order marks at the beginning of a line', () => {
    expect(readNotifications(`\ufeff${ndjsonNext(1)}\ufeff${ndjsonCompletion()}`)).toEqual({
      values: [1],
      completed: true,
      error: undefined,
    });
  });

  it('say what was expected of a line that is none', () => {
    const { error } = readNotifications('{"a":1}\n');
    expect((error as Error).message).toBe('Expected a notification in line 1, got: {"a":1}');
  });

  it('name the index of a value that JSON cannot express', () => {
    expect(() => ndjsonNext(undefined, 41)).toThrow(/^value 41: /);
    expect(() => ndjsonNext(1n, 41)).toThrow(TypeError);
  });

  it('are read back as the values that were written, wherever they are cut', () => {
    const written = fc.array(fc.jsonValue()).chain((sent) =>
      splits(fc.constant(sent.map(ndjsonNext).join('') + ndjsonCompletion())).map(({ chunks }) => ({
        sent,
        chunks,
      })),
    );
    fc.assert(
      fc.property(written, ({ sent, chunks }) => {
        const asJson = sent.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(readNotifications(...chunks)).toEqual({ values: asJson, completed: true, error: undefined });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('take linear time over a line that is made to be hard', { timeout: 5_000 }, () => {
    for (const filling of ['}', ' ', '} ', '{"kind":"N","value":', ',"value":']) {
      const line = `{"kind":"N","value":${filling.repeat(200_000)}x`;
      expect(isStreamParseError(readNotifications(`${line}\n`).error)).toBe(true);
    }
  });
});
