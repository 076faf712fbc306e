import { checkOptions } from '../options/rules';
import { RESPONSE } from '../options/bodies';
import type { BodyOptions } from './bodyOptions';
import { UNSTORED, failureResponse } from './failureResponse';
import type { StreamBody } from './streamBody';

/** What every response takes on top of the options of its body. */
export interface BodyResponseInit {
  status?: number | undefined;
  statusText?: string | undefined;
  /** Over those of the format. */
  headers?: Headers | Record<string, string> | [string, string][] | undefined;
  /**
   * `true` gives a promise of the response instead, which settles when the source has given its first value or has
   * completed. A source that fails before becomes an error response: its status is the error's own `status` where
   * that is from 400 to 599, else 500, and its body what `mapError` says. A feed that has ended and has nothing for
   * the client becomes a 204 without a body, so that an `EventSource` does not come back; one that has failed before
   * the client came, a 410.
   */
  awaitFirst?: boolean | undefined;
}

/** Without them proxies, and middleware that compresses, hold a stream back until it ends. */
const LIVE = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };

/** A response whose body streams. To HEAD it has none (RFC 9110 §9.3.2), and the source is left alone. */
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
