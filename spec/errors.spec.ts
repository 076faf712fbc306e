import { inspect } from 'node:util';
import * as library from 'rxjs-http-streams';
import { describe, expect, it, vi } from 'vitest';

const cause = new Error('why');
const typed = (contentType: string): Pick<Response, 'status' | 'headers'> => ({
  status: 200,
  headers: { get: () => contentType } as unknown as Headers,
});
const samples: [library.HttpStreamError, (error: unknown) => boolean][] = [
  [
    new library.HttpStatusError({ status: 503, statusText: 'Busy', headers: new Headers() }, 'later', 2_000),
    library.isHttpStatusError,
  ],
  [new library.ContentTypeError(typed('text/html'), 'text/event-stream', 'down'), library.isContentTypeError],
  [new library.StreamNetworkError('body', cause), library.isStreamNetworkError],
  [new library.StreamTimeoutError(5), library.isStreamTimeoutError],
  [new library.StreamTruncatedError('its end', 'rest', cause), library.isStreamTruncatedError],
  [new library.StreamParseError('nonsense', 3, 20, cause), library.isStreamParseError],
  [new library.StreamValidationError([{ message: 'not a number' }], 'x'), library.isStreamValidationError],
  [new library.StreamLimitError('maxLineLength', 10, 12), library.isStreamLimitError],
  [new library.StreamServerError('out of paper'), library.isStreamServerError],
  [new library.StreamOverflowError('maxBuffered', 10, 12), library.isStreamOverflowError],
  [new library.StreamGapError('7'), library.isStreamGapError],
];

describe('errors', () => {
  it.each(samples)('%s is told apart by its guard alone', (error, guard) => {
    expect(error).toBeInstanceOf(Error);
    expect(library.isHttpStreamError(error)).toBe(true);
    expect(samples.filter(([other]) => guard(other)).map(([other]) => other)).toEqual([error]);
  });

  it('are not recognized in what merely looks like one', () => {
    for (const value of [undefined, null, 'x', new Error(), { name: 'HttpStatusError' }]) {
      expect(library.isHttpStreamError(value)).toBe(false);
      expect(library.isHttpStatusError(value)).toBe(false);
    }
  });

  it('are recognized by the guards of another copy of the library', async () => {
    vi.resetModules();
    const copy = await import('../src/index');
    const error = new copy.StreamTimeoutError(5);
    expect(error).not.toBeInstanceOf(library.StreamTimeoutError);
    expect(library.isStreamTimeoutError(error)).toBe(true);
  });

  it('carry their cause as every error does, and none where there is none', () => {
    expect(new library.StreamNetworkError('body', cause).cause).toBe(cause);
    expect('cause' in new library.StreamTimeoutError(5)).toBe(false);
  });

  it('say what happened, and show no workings when they are printed', () => {
    expect(samples.map(([error]) => String(error))).toMatchInlineSnapshot(`
      [
        "HttpStatusError: Expected a stream, got 503 Busy: later",
        "ContentTypeError: Expected text/event-stream, got text/html: down",
        "StreamNetworkError: The connection failed, phase: body",
        "StreamTimeoutError: No byte came for 5 ms",
        "StreamTruncatedError: The stream ended without its end",
        "StreamParseError: Expected JSON in line 3, got: nonsense",
        "StreamValidationError: A value does not fit the schema: not a number",
        "StreamLimitError: Expected maxLineLength 10, got 12 characters",
        "StreamServerError: The server failed: out of paper",
        "StreamOverflowError: The reader is too slow for maxBuffered 10, 12 wait",
        "StreamGapError: What follows '7' is not held (any more)",
      ]
    `);
    expect(inspect(samples[3]![0])).not.toContain('Symbol');
  });

  it('carry what a program has to know of them', () => {
    expect(new library.ContentTypeError(typed('text/html'), 'text/event-stream', '')).toMatchObject({
      message: 'Expected text/event-stream, got text/html',
      contentType: 'text/html',
      status: 200,
      body: '',
    });
    expect(new library.StreamTimeoutError(5)).toHaveProperty('idleTimeout', 5);
    expect(new library.StreamTimeoutError(5)).not.toHaveProperty('connectTimeout');
    expect(new library.StreamTimeoutError(5, 'connectTimeout')).toMatchObject({
      message: 'No response came for 5 ms',
      connectTimeout: 5,
    });
    expect(new library.StreamTimeoutError(5, 'connectTimeout')).not.toHaveProperty('idleTimeout');
    expect(new library.StreamServerError('out of paper')).toMatchObject({
      name: 'StreamServerError',
      reason: 'out of paper',
    });
    expect(new library.StreamOverflowError('stallTimeout', 30_000, 12)).toMatchObject({
      name: 'StreamOverflowError',
      limit: 30_000,
      size: 12,
    });
    expect(new library.StreamGapError('7')).toMatchObject({
      name: 'StreamGapError',
      lastEventId: '7',
      status: 410,
    });
  });

  it('do not print more of foreign text than an excerpt', () => {
    const long = 'x'.repeat(1_000);
    const response = { status: 500, statusText: long, headers: new Headers() };
    expect(new library.StreamParseError(long, 1, 0, cause)).toMatchObject({ excerpt: 'x'.repeat(100) });
    for (const error of [
      new library.HttpStatusError(response, long),
      new library.ContentTypeError(typed(long), 'text/event-stream', long),
      new library.StreamParseError(long, 1, 0, cause),
      new library.StreamValidationError([{ message: long }], long),
      new library.StreamServerError(long),
      new library.StreamGapError(long),
    ]) {
      expect(error.message.length, error.name).toBeLessThan(250);
    }
  });

  it('show foreign text without line breaks and without what a terminal acts on', () => {
    const hostile = '\n\u001b[31m\u009b\u202e\u2028\ud800';
    const response = { status: 500, statusText: hostile, headers: new Headers() };
    for (const error of [
      new library.HttpStatusError(response, hostile),
      new library.ContentTypeError(typed(hostile), 'text/event-stream', hostile),
      new library.StreamParseError(hostile, 1, 0, cause),
      new library.StreamValidationError([{ message: hostile }], hostile),
      new library.StreamServerError(hostile),
      new library.StreamGapError(hostile),
    ]) {
      expect(error.message, error.name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(error.message, error.name).toContain('\\x0a\\x1b[31m\\x9b\\u{202e}\\u{2028}\\u{d800}');
    }
  });
});
