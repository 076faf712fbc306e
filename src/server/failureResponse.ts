import { aCount } from '../options/rules';
import type { EarlyEnd } from './firstValue';

/** Status of a feed that has failed for good (RFC 9110 §15.5.11), so that clients do not retry. */
const GONE = 410;
/** Headers of an answer that holds only for this moment. Without them a cache may store even a 204 (RFC 9110 §15.1). */
export const UNSTORED = { 'cache-control': 'no-store' };

/** Returns the answer to a request whose source failed before the first byte. */
export const failureResponse = ({ error, reason, isFinal }: EarlyEnd): Response =>
  new Response(reason, {
    status: isFinal ? GONE : failureStatus(error),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...UNSTORED,
      ...(isFinal ? {} : retryAfterHeader(error)),
    },
  });

/** Reads a member of the error of a source. The error may be any value, even an object whose getters throw. */
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

/** Relays the `Retry-After` of an `HttpStatusError`, which has it in milliseconds. */
function retryAfterHeader(error: unknown): Record<string, string> {
  const ms = memberOf(error, 'retryAfter');
  const seconds = typeof ms === 'number' ? Math.ceil(ms / 1_000) : NaN;
  return seconds >= 0 && Number.isSafeInteger(seconds) ? { 'retry-after': String(seconds) } : {};
}
