import { inspect } from 'node:util';
import * as library from 'rxjs-http-streams';
import { describe, expect, it, vi } from 'vitest';

const cause = new Error('why');
const refusal = (statusText: string, body: string): library.HttpStatusError =>
  new library.HttpStatusError({
    status: 503,
    statusText,
    headers: new Headers(),
    body,
    retryAfter: 2_000,
  });
const typed = (contentType: string, body: string): library.ContentTypeError =>
  new library.ContentTypeError({
    status: 200,
    headers: { get: () => contentType } as unknown as Headers,
    expected: 'text/event-stream',
    body,
  });
const unparsable = (line: string): library.StreamParseError =>
  new library.StreamParseError({ line, lineNumber: 3, offset: 20, cause });
const samples: [library.HttpStreamError, (error: unknown) => boolean][] = [
  [refusal('Busy', 'later'), library.isHttpStatusError],
  [typed('text/html', 'down'), library.isContentTypeError],
  [new library.StreamNetworkError({ phase: 'body', cause }), library.isStreamNetworkError],
  [new library.StreamTimeoutError({ idleTimeout: 5 }), library.isStreamTimeoutError],
  [
    new library.StreamTruncatedError({ missing: 'its end', pending: 'rest', cause }),
    library.isStreamTruncatedError,
  ],
  [unparsable('nonsense'), library.isStreamParseError],
  [
    new library.StreamValidationError({ issues: [{ message: 'not a number' }], value: 'x' }),
    library.isStreamValidationError,
  ],
  [
    new library.StreamLimitError({ option: 'maxLineLength', limit: 10, size: 12 }),
    library.isStreamLimitError,
  ],
  [new library.StreamServerError({ reason: 'out of paper' }), library.isStreamServerError],
  [
    new library.StreamOverflowError({ option: 'maxBuffered', limit: 10, size: 12 }),
    library.isStreamOverflowError,
  ],
  [new library.StreamGapError({ lastEventId: '7' }), library.isStreamGapError],
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
    const error = new copy.StreamTimeoutError({ idleTimeout: 5 });
    expect(error).not.toBeInstanceOf(library.StreamTimeoutError);
    expect(library.isStreamTimeoutError(error)).toBe(true);
  });

  it('carry their cause as every error does, and none where there is none', () => {
    expect(new library.StreamNetworkError({ phase: 'body', cause }).cause).toBe(cause);
    expect('cause' in new library.StreamTimeoutError({ idleTimeout: 5 })).toBe(false);
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
        "StreamGapError: What follows '7' is not stored (any more)",
      ]
    `);
    expect(inspect(samples[3]![0])).not.toContain('Symbol');
  });

  it('carry what a program has to know of them', () => {
    expect(typed('text/html', '')).toMatchObject({
      message: 'Expected text/event-stream, got text/html',
      contentType: 'text/html',
      status: 200,
      body: '',
    });
    expect(new library.StreamTimeoutError({ idleTimeout: 5 })).toHaveProperty('idleTimeout', 5);
    expect(new library.StreamTimeoutError({ idleTimeout: 5 })).not.toHaveProperty('connectTimeout');
    expect(new library.StreamTimeoutError({ connectTimeout: 5 })).toMatchObject({
      message: 'No response came for 5 ms',
      connectTimeout: 5,
    });
    expect(new library.StreamTimeoutError({ connectTimeout: 5 })).not.toHaveProperty('idleTimeout');
    expect(new library.StreamServerError({ reason: 'out of paper' })).toMatchObject({
      name: 'StreamServerError',
      reason: 'out of paper',
    });
    expect(
      new library.StreamOverflowError({ option: 'stallTimeout', limit: 30_000, size: 12 }),
    ).toMatchObject({
      name: 'StreamOverflowError',
      option: 'stallTimeout',
      limit: 30_000,
      size: 12,
    });
    expect(new library.StreamGapError({ lastEventId: '7' })).toMatchObject({
      name: 'StreamGapError',
      lastEventId: '7',
      status: 410,
    });
  });

  it('do not print more of foreign text than an excerpt', () => {
    const long = 'x'.repeat(1_000);
    expect(unparsable(long)).toMatchObject({ excerpt: 'x'.repeat(100) });
    for (const error of [
      refusal(long, long),
      typed(long, long),
      unparsable(long),
      new library.StreamValidationError({ issues: [{ message: long }], value: long }),
      new library.StreamServerError({ reason: long }),
      new library.StreamGapError({ lastEventId: long }),
    ]) {
      expect(error.message.length, error.name).toBeLessThan(250);
    }
  });

  it('show foreign text without line breaks and without what a terminal acts on', () => {
    const hostile = '\n\u001b[31m\u009b\u202e\u2028\ud800';
    for (const error of [
      refusal(hostile, hostile),
      typed(hostile, hostile),
      unparsable(hostile),
      new library.StreamValidationError({ issues: [{ message: hostile }], value: hostile }),
      new library.StreamServerError({ reason: hostile }),
      new library.StreamGapError({ lastEventId: hostile }),
    ]) {
      expect(error.message, error.name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(error.message, error.name).toContain('\\x0a\\x1b[31m\\x9b\\u{202e}\\u{2028}\\u{d800}');
    }
  });
});
