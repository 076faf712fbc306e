import { aCount } from '../options/rules';
import type { EarlyEnd } from './firstValue';

/** What has failed for good (RFC 9110 §15.5.11), so that no client asks again. */
const GONE = 410;
/** Of an answer that is about this moment: a cache would store a 204, too (RFC 9110 §15.1). */
export const UNSTORED = { 'cache-control': 'no-store' };

/** Answers a request whose source failed before the first byte. */
export const failureResponse = ({ error, reason, isFinal }: EarlyEnd): Response =>
  new Response(reason, {
    status: isFinal ? GONE : failureStatus(error),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...UNSTORED,
      ...(isFinal ? {} : retryAfterHeader(error)),
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

const isFailure = /* @__PURE__ */ aCount(400, 599);

function failureStatus(error: unknown): number {
  const status = memberOf(error, 'status');
  return isFailure.allows(status) ? (status as number) : 500;
}

/** A refusal that is relayed keeps its Retry-After, which an `HttpStatusError` has in milliseconds. */
function retryAfterHeader(error: unknown): Record<string, string> {
  const ms = memberOf(error, 'retryAfter');
  const seconds = typeof ms === 'number' ? Math.ceil(ms / 1_000) : NaN;
  return seconds >= 0 && Number.isSafeInteger(seconds) ? { 'retry-after': String(seconds) } : {};
}
