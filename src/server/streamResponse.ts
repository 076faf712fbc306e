import { checkOptions } from '../options/rules';
import { RESPONSE } from '../options/bodies';
import type { BodyOptions } from './bodyOptions';
import { UNSTORED, failureResponse } from './failureResponse';
import type { StreamBody } from './streamBody';

/** Options of every response, besides those of its body. */
export interface BodyResponseInit {
  /**
   * Status code of the response. It has to be one of a response with a body.
   *
   * @defaultValue `200`
   */
  status?: number | undefined;
  /**
   * Reason phrase of the response. HTTP/2 does not send it.
   *
   * @defaultValue `''`
   */
  statusText?: string | undefined;
  /**
   * Headers of the response. They override those of the format.
   *
   * @defaultValue the content type of the format, `cache-control: no-cache, no-transform` and `x-accel-buffering: no`
   */
  headers?: Headers | Record<string, string> | [string, string][] | undefined;
  /**
   * Whether to return a promise of the response, which settles when the source has emitted its first value or
   * completed.
   *
   * - A source that fails before its first value becomes an error response. Its status is the `status` of the error if
   *   that is from 400 to 599, else 500. Its body is the text that `mapError` returns.
   * - A feed that had failed before the client connected becomes a 410.
   * - A feed that has ended and has nothing for the client becomes a 204 without a body, so that `EventSource` does not
   *   reconnect.
   *
   * @defaultValue `false`
   */
  awaitFirst?: boolean | undefined;
}

/** Headers that keep proxies, and middleware that compresses, from buffering a stream until it ends. */
const LIVE = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };

/**
 * Makes a response whose body streams. The response to a HEAD request has no body (RFC 9110 §9.3.2), and the source is
 * not subscribed.
 */
export function streamResponse(
  body: StreamBody,
  format: Readonly<Record<string, string>>,
  init: BodyResponseInit & Pick<BodyOptions<never>, 'request'>,
): Response | Promise<Response> {
  checkOptions('init', init, RESPONSE);
  const { status = 200, statusText = '', headers, awaitFirst, request } = init;
  const all = new Headers(headers);
  for (const [name, value] of Object.entries({ ...LIVE, ...format })) {
    if (!all.has(name)) all.set(name, value);
  }
  const isHead = request?.method === 'HEAD';
  const response = new Response(isHead ? null : body.stream, { status, statusText, headers: all });
  if (!awaitFirst) return response;
  if (isHead) return Promise.resolve(response);
  return body.first().then((end) => {
    if (!end) return response;
    return end.failed ? failureResponse(end) : new Response(null, { status: 204, headers: UNSTORED });
  });
}
