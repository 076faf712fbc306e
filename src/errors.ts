/**
 * What can go wrong, one class a cause. Every class comes with a guard: the ESM and the CJS copy of a class
 * are different classes, so `instanceof` is not enough when both are loaded.
 */

const brand = Symbol.for('rxjs-http-streams.error');

/** Controls, what changes the direction of text, what is not seen, line breaks, and halves of a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Quotes foreign text for a message: at most 100 characters, and none that a terminal or the lines of a log would act
 * on.
 */
export const quoted = (text: string): string =>
  flat(text.slice(0, 100))
    .replace(UNPRINTABLE, (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16);
      return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
    })
    .slice(0, 100);

/**
 * Copies a text. Engines make of a slice a reference into the text that it was cut from, and keep all of that in memory
 * for as long as the slice. Joining two parts is what gives V8, JavaScriptCore and SpiderMonkey a text of its own.
 */
export const flat = (text: string): string =>
  text.length > 1 ? [text.slice(0, 1), text.slice(1)].join('') : text;

/** What every error of this library carries. */
export abstract class HttpStreamError extends Error {
  /** The URL that answered (after redirects), else the one that was asked for; unset outside a reader. */
  declare readonly url?: string | undefined;
  /** Which request of the subscription it was, counted from 1; unset outside a reader. */
  declare readonly attempt?: number | undefined;

  /** @param details Its members become the error's own, `cause` as every error has it. */
  constructor(name: string, message: string, { cause, ...details }: Record<string, unknown>) {
    super(message, cause ? { cause } : undefined);
    // A literal, because minifiers rename classes.
    Object.assign(this, { name, ...details });
  }

  /** On the prototype, so that printing an error does not show it. */
  get [brand](): boolean {
    return true;
  }
}

/** Whether a value is any error of this library. */
export function isHttpStreamError(error: unknown): error is HttpStreamError {
  return (error as { [brand]?: boolean } | null | undefined)?.[brand] === true;
}

const isNamed = (error: unknown, name: string): boolean => isHttpStreamError(error) && error.name === name;

/** The server answered with a status that carries no stream (RFC 9110 §15). */
export class HttpStatusError extends HttpStreamError {
  declare readonly name: 'HttpStatusError';
  declare readonly status: number;
  declare readonly statusText: string;
  declare readonly headers: Headers;
  /** The text of the answer, its first 65 536 characters at most. */
  declare readonly body: string;
  /** What `Retry-After` asks for, in milliseconds from its arrival (RFC 9110 §10.2.3); unset without one. */
  declare readonly retryAfter: number | undefined;

  constructor(
    { status, statusText, headers }: Pick<Response, 'status' | 'statusText' | 'headers'>,
    body: string,
    retryAfter?: number,
  ) {
    super(
      'HttpStatusError',
      `Expected a stream, got ${`${status} ${quoted(statusText)}`.trim()}: ${quoted(body)}`,
      {
        status,
        statusText,
        headers,
        body,
        retryAfter,
      },
    );
  }
}

/** Whether a value is a {@link HttpStatusError}. */
export const isHttpStatusError = (error: unknown): error is HttpStatusError =>
  isNamed(error, 'HttpStatusError');

/** The response is not of a media type that carries the stream (WHATWG HTML §9.2.3). */
export class ContentTypeError extends HttpStreamError {
  declare readonly name: 'ContentTypeError';
  /** The `Content-Type` of the response, as it came; `null` without one. */
  declare readonly contentType: string | null;
  /** The media types that were expected, separated by ` or `. */
  declare readonly expected: string;
  declare readonly status: number;
  declare readonly headers: Headers;
  /** The text of the answer, its first 65 536 characters at most. */
  declare readonly body: string;

  constructor({ status, headers }: Pick<Response, 'status' | 'headers'>, expected: string, body: string) {
    const contentType = headers.get('content-type');
    super(
      'ContentTypeError',
      `Expected ${expected}, got ${quoted(String(contentType))}${body && `: ${quoted(body)}`}`,
      {
        contentType,
        expected,
        status,
        headers,
        body,
      },
    );
  }
}

/** Whether a value is a {@link ContentTypeError}. */
export const isContentTypeError = (error: unknown): error is ContentTypeError =>
  isNamed(error, 'ContentTypeError');

/** The connection could not be made, or broke while the body was under way; `cause` is what `fetch` said. */
export class StreamNetworkError extends HttpStreamError {
  declare readonly name: 'StreamNetworkError';
  /** `connect`: no response came. `body`: it broke off, and what had arrived was delivered. */
  declare readonly phase: 'connect' | 'body';

  constructor(phase: 'connect' | 'body', cause: unknown) {
    super('StreamNetworkError', `The connection failed, phase: ${phase}`, {
      phase,
      cause,
    });
  }
}

/** Whether a value is a {@link StreamNetworkError}. */
export const isStreamNetworkError = (error: unknown): error is StreamNetworkError =>
  isNamed(error, 'StreamNetworkError');

/** The server was silent for longer than `connectTimeout` or `idleTimeout` allows. */
export class StreamTimeoutError extends HttpStreamError {
  declare readonly name: 'StreamTimeoutError';
  /** The limit that passed without a byte, in milliseconds; unset if the other one passed. */
  declare readonly idleTimeout?: number | undefined;
  /** The limit that passed without a response, in milliseconds; unset if the other one passed. */
  declare readonly connectTimeout?: number | undefined;

  constructor(ms: number, option: 'idleTimeout' | 'connectTimeout' = 'idleTimeout') {
    super('StreamTimeoutError', `No ${option === 'idleTimeout' ? 'byte' : 'response'} came for ${ms} ms`, {
      [option]: ms,
    });
  }
}

/** Whether a value is a {@link StreamTimeoutError}. */
export const isStreamTimeoutError = (error: unknown): error is StreamTimeoutError =>
  isNamed(error, 'StreamTimeoutError');

/** The stream ended cleanly on the wire, but not where its format says that it is whole. */
export class StreamTruncatedError extends HttpStreamError {
  declare readonly name: 'StreamTruncatedError';
  /** What had arrived of the unfinished part; empty when an end marker never came. */
  declare readonly pending: string;

  constructor(missing: string, pending = '', cause?: unknown) {
    super('StreamTruncatedError', `The stream ended without ${missing}`, {
      pending,
      cause,
    });
  }
}

/** Whether a value is a {@link StreamTruncatedError}. */
export const isStreamTruncatedError = (error: unknown): error is StreamTruncatedError =>
  isNamed(error, 'StreamTruncatedError');

/** A whole line is not what the format says; the values before it were delivered. */
export class StreamParseError extends HttpStreamError {
  declare readonly name: 'StreamParseError';
  /** The line, counted from 1, blank ones too. */
  declare readonly lineNumber: number;
  /** Where the line begins, in UTF-16 code units from the start of the text. */
  declare readonly offset: number;
  /** The first 100 characters of the line. */
  declare readonly excerpt: string;

  constructor(line: string, lineNumber: number, offset: number, cause: unknown, expected = 'JSON') {
    const excerpt = flat(line.slice(0, 100));
    super('StreamParseError', `Expected ${expected} in line ${lineNumber}, got: ${quoted(line)}`, {
      lineNumber,
      offset,
      excerpt,
      cause,
    });
  }
}

/** Whether a value is a {@link StreamParseError}. */
export const isStreamParseError = (error: unknown): error is StreamParseError =>
  isNamed(error, 'StreamParseError');

/** What a schema said of one place in a value (Standard Schema v1). */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A value is JSON, but not what the schema asks for. */
export class StreamValidationError extends HttpStreamError {
  declare readonly name: 'StreamValidationError';
  declare readonly issues: readonly ValidationIssue[];
  /** The value as it was parsed. */
  declare readonly value: unknown;

  constructor(issues: readonly ValidationIssue[], value: unknown) {
    // A schema may say anything, and only text is not to be made text first.
    const message = (issues as readonly Partial<ValidationIssue | null>[] | null | undefined)?.[0]?.message;
    super(
      'StreamValidationError',
      `A value does not fit the schema: ${typeof message === 'string' ? quoted(message) : 'it does not say why'}`,
      { issues, value },
    );
  }
}

/** Whether a value is a {@link StreamValidationError}. */
export const isStreamValidationError = (error: unknown): error is StreamValidationError =>
  isNamed(error, 'StreamValidationError');

/** One line or message outgrew its limit; what came before it was delivered. */
export class StreamLimitError extends HttpStreamError {
  declare readonly name: 'StreamLimitError';
  /** The limit, in UTF-16 code units. */
  declare readonly limit: number;
  /** How much had arrived when it was noticed, in UTF-16 code units. */
  declare readonly size: number;

  constructor(option: string, limit: number, size: number) {
    super('StreamLimitError', `Expected ${option} ${limit}, got ${size} characters`, {
      limit,
      size,
    });
  }
}

/** Whether a value is a {@link StreamLimitError}. */
export const isStreamLimitError = (error: unknown): error is StreamLimitError =>
  isNamed(error, 'StreamLimitError');

/** The server itself said that the stream failed: it is over, and asking again would not be a reconnection. */
export class StreamServerError extends HttpStreamError {
  declare readonly name: 'StreamServerError';
  /** What the server lets the public know. */
  declare readonly reason: string;

  constructor(reason: string) {
    super('StreamServerError', `The server failed: ${quoted(reason)}`, { reason });
  }
}

/** Whether a value is a {@link StreamServerError}. */
export const isStreamServerError = (error: unknown): error is StreamServerError =>
  isNamed(error, 'StreamServerError');

/** More waits for a slow reader or schema than may wait; the source was unsubscribed. */
export class StreamOverflowError extends HttpStreamError {
  declare readonly name: 'StreamOverflowError';
  /**
   * What the option allows: bytes for `maxBufferedBytes`, milliseconds for `stallTimeout`, values for `maxBuffered`.
   */
  declare readonly limit: number;
  /** How much was waiting: values for `maxBuffered`, else bytes, of which a character of text counts as one. */
  declare readonly size: number;

  constructor(option: string, limit: number, size: number) {
    super('StreamOverflowError', `The reader is too slow for ${option} ${limit}, ${size} wait`, {
      limit,
      size,
    });
  }
}

/** Whether a value is a {@link StreamOverflowError}. */
export const isStreamOverflowError = (error: unknown): error is StreamOverflowError =>
  isNamed(error, 'StreamOverflowError');

/**
 * A client asks to continue after a message that is no longer, or never was, held for it (`resumable`), or for an
 * answer of which that is true (`durable`).
 */
export class StreamGapError extends HttpStreamError {
  declare readonly name: 'StreamGapError';
  /** The id that it asked to continue after; empty if it asked for the beginning. */
  declare readonly lastEventId: string;
  /** Of the response that `awaitFirst` makes of it: gone (RFC 9110 §15.5.11), which ends an `EventSource`. */
  declare readonly status: 410;

  constructor(
    lastEventId: string,
    message = `${lastEventId ? `What follows '${quoted(lastEventId)}'` : 'The beginning of the stream'} is not held (any more)`,
  ) {
    super('StreamGapError', message, { lastEventId, status: 410 });
  }
}

/** Whether a value is a {@link StreamGapError}. */
export const isStreamGapError = (error: unknown): error is StreamGapError => isNamed(error, 'StreamGapError');
