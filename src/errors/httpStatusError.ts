import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** The server answered with a status that does not carry a stream (RFC 9110 §15). */
export class HttpStatusError extends HttpStreamError {
  declare readonly name: 'HttpStatusError';
  declare readonly status: number;
  declare readonly statusText: string;
  declare readonly headers: Headers;
  /** The beginning of the response's body as text, at most 65 536 characters. */
  declare readonly body: string;
  /** The delay of `Retry-After`, in milliseconds from its arrival (RFC 9110 §10.2.3). Unset without that header. */
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

/** Whether a value is an {@link HttpStatusError}, of any copy of this library. */
export const isHttpStatusError = /* @__PURE__ */ guardFor<HttpStatusError>('HttpStatusError');
