import {
  isHttpStatusError,
  isStreamNetworkError,
  isStreamServerError,
  isStreamTimeoutError,
  isStreamTruncatedError,
} from 'rxjs-http-streams';
import { withoutQuery } from './withoutQuery';

/** The exit codes of the command. */
export const EXIT = {
  finished: 0,
  failed: 1,
  refused: 2,
  cut: 3,
  timedOut: 4,
  serverFailed: 5,
  interrupted: 130,
  terminated: 143,
} as const;

/** An error of a stream as an exit code and a text for the user. */
export interface Failure {
  readonly code: number;
  /** The reason, at most 1 001 UTF-16 code units. Text of the server in it is not escaped. */
  readonly reason: string;
  /** The body of a response of an error status, at most 2 001 UTF-16 code units, not escaped. */
  readonly body?: string | undefined;
}

/** Limits of the text of a failure, in UTF-16 code units. */
const MOST = { reason: 1_000, body: 2_000 };

/** Maximum length of a chain of causes, because causes may form a cycle. */
const MOST_CAUSES = 8;

/**
 * Describes an error for the user.
 *
 * @param url - The URL of the request. Its query is removed from the reason.
 */
export function failureOf(error: unknown, url?: string): Failure {
  const { code, reason, body = '' } = wholeFailureOf(error);
  return {
    code,
    reason: shortened(url === undefined ? reason : withoutQuery(reason, url), MOST.reason),
    body: shortened(body.trimEnd(), MOST.body),
  };
}

function wholeFailureOf(error: unknown): Failure {
  if (isHttpStatusError(error)) {
    const { status, statusText, body } = error;
    return { code: EXIT.refused, reason: `refused: ${status} ${statusText}`.trimEnd(), body };
  }
  if (isTimeout(error)) return { code: EXIT.timedOut, reason: `timed out: ${reasonOf(error)}` };
  if (isStreamServerError(error))
    return { code: EXIT.serverFailed, reason: `the server failed: ${error.reason}` };
  if (isStreamTruncatedError(error) || (isStreamNetworkError(error) && error.phase === 'body')) {
    return { code: EXIT.cut, reason: `cut off: ${reasonOf(error)}` };
  }
  return { code: EXIT.failed, reason: reasonOf(error) };
}

/** Shortens a text without splitting a surrogate pair. */
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;

/** Recognizes a time-out of a reader, and the fixed 300 s time-outs of Node's `fetch`. */
const isTimeout = (error: unknown): boolean =>
  chainOf(error).some(
    (cause) => isStreamTimeoutError(cause) || /^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(codeOf(cause) ?? ''),
  );

/** Joins the messages of an error and its causes: `fetch` describes the failure in a cause. */
const reasonOf = (error: unknown): string =>
  chainOf(error)
    .map((cause) => (cause instanceof Error ? cause.message || codeOf(cause) || cause.name : String(cause)))
    .reduceRight((inner, outer) => `${outer} (${inner})`);

/** Lists an error and its causes. */
const chainOf = (error: unknown, most = MOST_CAUSES): [unknown, ...unknown[]] =>
  error instanceof Error && error.cause !== undefined && most > 1
    ? [error, ...chainOf(error.cause, most - 1)]
    : [error];

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
