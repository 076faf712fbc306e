import {
  isHttpStatusError,
  isStreamNetworkError,
  isStreamServerError,
  isStreamTimeoutError,
  isStreamTruncatedError,
} from 'rxjs-http-streams';
import { withoutQuery } from './withoutQuery';

/** What the command says by its exit code. */
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

/** How a stream that errored ended, as an exit code and as a line for people. */
export interface Failure {
  readonly code: number;
  /** Repeats foreign text, shortened but as it came. */
  readonly reason: string;
  /** The beginning of what the server said to its refusal, as it came. */
  readonly body?: string | undefined;
}

/** How much is shown of a reason and of a body, in UTF-16 code units. */
const MOST = { reason: 1_000, body: 2_000 };

/** How many causes of an error are looked at: they may go round. */
const MOST_CAUSES = 8;

/** @param url The URL that was asked for, of which the reason repeats no query. */
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

/** The beginning of a text, never half a character at its end. */
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;

/** Ours, or that of Node's `fetch`, which waits for 300 s at most whatever it is told. */
const isTimeout = (error: unknown): boolean =>
  chainOf(error).some(
    (cause) => isStreamTimeoutError(cause) || /^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(codeOf(cause) ?? ''),
  );

/** The message of an error, and of what caused it, which is where `fetch` says what happened. */
const reasonOf = (error: unknown): string =>
  chainOf(error)
    .map((cause) => (cause instanceof Error ? cause.message || codeOf(cause) || cause.name : String(cause)))
    .reduceRight((inner, outer) => `${outer} (${inner})`);

/** An error, and what caused it. */
const chainOf = (error: unknown, most = MOST_CAUSES): [unknown, ...unknown[]] =>
  error instanceof Error && error.cause !== undefined && most > 1
    ? [error, ...chainOf(error.cause, most - 1)]
    : [error];

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
