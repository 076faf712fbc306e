import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** The server answered with a media type that cannot carry the stream (WHATWG HTML §9.2.3). */
export class ContentTypeError extends HttpStreamError {
  declare readonly name: 'ContentTypeError';
  /** The `Content-Type` of the response, unchanged. `null` if the response has none. */
  declare readonly contentType: string | null;
  /** The media types that were expected, separated by ` or `. */
  declare readonly expected: string;
  declare readonly status: number;
  declare readonly headers: Headers;
  /** The beginning of the response's body as text, at most 65 536 characters. */
  declare readonly body: string;

  constructor(details: Pick<ContentTypeError, 'status' | 'headers' | 'expected' | 'body'>) {
    const contentType = details.headers.get('content-type');
    super(
      'ContentTypeError',
      `Expected ${details.expected}, got ${quoted(String(contentType))}${details.body && `: ${quoted(details.body)}`}`,
      { ...details, contentType },
    );
  }
}

/** Whether a value is a {@link ContentTypeError}, of any copy of this library. */
export const isContentTypeError = /* @__PURE__ */ guardFor<ContentTypeError>('ContentTypeError');
