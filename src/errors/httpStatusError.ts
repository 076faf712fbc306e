import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

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
    details: Pick<HttpStatusError, 'status' | 'statusText' | 'headers' | 'body'> &
      Partial<Pick<HttpStatusError, 'retryAfter'>>,
  ) {
    super(
      'HttpStatusError',
      `Expected a stream, got ${`${details.status} ${quoted(details.statusText)}`.trim()}: ${quoted(details.body)}`,
      details,
    );
  }
}

/** Tells a {@link HttpStatusError} from other values. */
export const isHttpStatusError = /* @__PURE__ */ guardFor<HttpStatusError>('HttpStatusError');
