import { checkOptions } from '../options/rules';
import { RESPONSE } from '../options/table';
import type { BodyOptions } from './bodyOptions';
import type { EarlyEnd } from './firstValue';
import type { StreamBody } from './streamBody';

/** What every response takes on top of the options of its body. */
export interface StreamResponseInit {
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

/** What has failed for good (RFC 9110 §15.5.11), so that no client asks again. */
const GONE = 410;
/** Of an answer that is about this moment: a cache would store a 204, too (RFC 9110 §15.1). */
const UNSTORED = { 'cache-control': 'no-store' };

/** A response whose body streams. To HEAD it has none (RFC 9110 §9.3.2), and the source is left alone. */
export function streamResponse(
  body: StreamBody,
  format: Readonly<Record<string, string>>,
  init: StreamResponseInit & Pick<BodyOptions<never>, 'request'>,
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
    return end.failed ? refusal(end) : new Response(null, { status: 204, headers: UNSTORED });
  });
}

/** What a source that fails before its first value is answered with. */
const refusal = ({ error, reason, isFinal }: EarlyEnd): Response =>
  new Response(reason, {
    status: isFinal ? GONE : refusalStatus(error),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...UNSTORED,
      ...(isFinal ? {} : retryAfter(error)),
    },
  });

/** Reads a member of what a source has failed with, which may be anything, an object whose getters throw among it. */
function memberOf(error: unknown, name: string): unknown {
  try {
    return (Object(error) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function refusalStatus(error: unknown): number {
  const status = memberOf(error, 'status');
  return Number.isInteger(status) && Number(status) >= 400 && Number(status) < 600 ? Number(status) : 500;
}

/** A refusal that is relayed keeps its Retry-After, which an `HttpStatusError` has in milliseconds. */
function retryAfter(error: unknown): Record<string, string> {
  const ms = memberOf(error, 'retryAfter');
  const seconds = typeof ms === 'number' ? Math.ceil(ms / 1_000) : NaN;
  return seconds >= 0 && Number.isSafeInteger(seconds) ? { 'retry-after': String(seconds) } : {};
}
