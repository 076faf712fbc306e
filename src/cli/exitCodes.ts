import {
  isHttpStatusError,
  isStreamNetworkError,
  isStreamServerError,
  isStreamTimeoutError,
  isStreamTruncatedError,
} from 'rxjs-http-streams';

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
  readonly reason: string;
}

export function failureOf(error: unknown): Failure {
  if (isHttpStatusError(error)) {
    const { status, statusText, body } = error;
    return { code: EXIT.refused, reason: `refused: ${status} ${statusText}\n${body}`.trimEnd() };
  }
  if (isTimeout(error)) return { code: EXIT.timedOut, reason: `timed out: ${reasonOf(error)}` };
  if (isStreamServerError(error))
    return { code: EXIT.serverFailed, reason: `the server failed: ${error.reason}` };
  if (isStreamTruncatedError(error) || (isStreamNetworkError(error) && error.phase === 'body')) {
    return { code: EXIT.cut, reason: `cut off: ${reasonOf(error)}` };
  }
  return { code: EXIT.failed, reason: reasonOf(error) };
}

/** Ours, or that of Node's `fetch`, which waits for 300 s at most whatever it is told. */
function isTimeout(error: unknown): boolean {
  if (isStreamTimeoutError(error)) return true;
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return (
    /^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(code ?? '') || (error instanceof Error && isTimeout(error.cause))
  );
}

/** The message of an error, and of what caused it, which is where `fetch` says what happened. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message || (error as NodeJS.ErrnoException).code || error.name;
  return error.cause === undefined ? message : `${message} (${reasonOf(error.cause)})`;
}
