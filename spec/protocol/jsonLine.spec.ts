import { isStreamParseError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { isBlank, parseJsonText } from '../../src/protocol/jsonLine';
import { thrownBy } from '../support/thrownBy';

describe('isBlank', () => {
  it.each(['', ' ', '\t', '\r', '\n', ' \t\r\n '])('is true of %j', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['0', ' x ', '\u00a0', '\ufeff', '\u2028', '\v', '\f', '\0'])('is false of %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('parseJsonText', () => {
  it('gives the value of a line, null as well as any other', () => {
    expect(parseJsonText('{"a":[1,"é"]}', 1, 0, true)).toEqual({ a: [1, 'é'] });
    expect(parseJsonText('null', 1, 0, true)).toBeNull();
    expect(parseJsonText(' 0 ', 1, 0, true)).toBe(0);
  });

  it('asks the function that is given instead of JSON.parse, and keeps what it throws as the cause', () => {
    expect(parseJsonText('9007199254740993', 1, 0, true, BigInt)).toBe(9007199254740993n);
    expect(thrownBy(() => parseJsonText('x', 1, 0, true, BigInt))).toMatchObject({
      name: 'StreamParseError',
      cause: { name: 'SyntaxError' },
    });
    expect(thrownBy(() => parseJsonText('x', 1, 0, false, BigInt))).toMatchObject({
      name: 'StreamTruncatedError',
      cause: { name: 'SyntaxError' },
    });
  });

  it('tells a whole line that is wrong by its place', () => {
    const error = thrownBy(() => parseJsonText('{a:1}', 7, 99, true));
    expect(isStreamParseError(error)).toBe(true);
    expect(error).toMatchObject({
      lineNumber: 7,
      offset: 99,
      excerpt: '{a:1}',
      cause: { name: 'SyntaxError' },
    });
  });

  it('takes a line that nothing ended for a stream that was cut, and holds it', () => {
    const error = thrownBy(() => parseJsonText('{"a":', 7, 99, false));
    expect(isStreamTruncatedError(error)).toBe(true);
    expect(error).toMatchObject({
      message: 'The stream ended without the rest of its last line',
      pending: '{"a":',
      cause: { name: 'SyntaxError' },
    });
  });
});
