import { asyncScheduler } from 'rxjs';

/**
 * What a `Retry-After` header asks for, in milliseconds from now: a number of seconds or an HTTP date
 * (RFC 9110 §10.2.3). Unset where there is none, or none that makes sense.
 */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  // More has no digits to pass it on with.
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  // A date begins with the name of its day and is short; engines take other things for dates, too.
  const date = /^[a-z]/i.test(value) && value.length < 64 ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - asyncScheduler.now());
}
