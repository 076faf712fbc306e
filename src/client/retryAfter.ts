import { asyncScheduler } from 'rxjs';

/**
 * What a `Retry-After` header asks for, in milliseconds from now: a number of seconds or an HTTP date
 * (RFC 9110 §10.2.3). Unset where there is none, or none that makes sense.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - asyncScheduler.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
