import { asyncScheduler } from 'rxjs';

/**
 * Parses a `Retry-After` header, a number of seconds or an HTTP date (RFC 9110 §10.2.3), to milliseconds from now.
 * Returns `undefined` if the header is missing or invalid.
 */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  // The limit keeps the number exact, and its text without an exponent, for an application that passes it on.
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  // An HTTP date begins with the name of its day and is short. `Date.parse` alone would also accept other texts.
  const date = /^[a-z]/i.test(value) && value.length < 64 ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - asyncScheduler.now());
}
