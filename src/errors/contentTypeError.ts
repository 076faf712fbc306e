import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

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

  constructor(details: Pick<ContentTypeError, 'status' | 'headers' | 'expected' | 'body'>) {
    const contentType = details.headers.get('content-type');
    super(
      'ContentTypeError',
      `Expected ${details.expected}, got ${quoted(String(contentType))}${details.body && `: ${quoted(details.body)}`}`,
      { ...details, contentType },
    );
  }
}

/** Tells a {@link ContentTypeError} from other values. */
export const isContentTypeError = /* @__PURE__ */ guardFor<ContentTypeError>('ContentTypeError');
