import { HttpContextToken } from '@angular/common/http';

/**
 * Marks a request whose response is to be handed over before its body has come. Its value is what `fetch` was asked
 * for, because an `HttpRequest` has no place for all of it: the signal, a dispatcher, `duplex`.
 */
export const STREAM = new HttpContextToken<RequestInit | undefined>(() => undefined);

/** What is called alike in `RequestInit` and in an `HttpRequest`, though not in one of each version of Angular. */
export const FETCH_OPTIONS = [
  'cache',
  'credentials',
  'integrity',
  'keepalive',
  'mode',
  'priority',
  'redirect',
  'referrer',
  'referrerPolicy',
] as const;

/** Those of the members that are set. */
export const pick = (source: object, names: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(source).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
