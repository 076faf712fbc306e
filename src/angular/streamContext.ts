import { HttpContext, HttpContextToken } from '@angular/common/http';

/** One request of a reader on its way through the interceptors. */
export interface StreamExchange {
  /** The init that `fetch` was called with: an `HttpRequest` has no place for the signal, a dispatcher, `duplex`. */
  readonly init: RequestInit;
  /** The response that the backend handed over last. */
  response?: Response;
  /** The reason for which the backend got no response. */
  failure?: {
    readonly cause: unknown;
    /** Set where no network is to blame: the request cannot be made. */
    readonly isMistake: boolean;
  };
  /** The backend's reading of a refusal, and the text that it read. */
  refusal?: { readonly error: unknown; readonly text: string };
}

/** Marks a request whose response is to be handed over before its body has come. */
export const STREAM = new HttpContextToken<StreamExchange | undefined>(() => undefined);

/** The context of one request: a copy, so that what is set while it is under way does not reach the next one. */
export function contextOf(exchange: StreamExchange, given: unknown): HttpContext {
  const context = new HttpContext();
  if (given instanceof HttpContext) {
    for (const token of given.keys()) context.set(token, given.get(token));
  } else if (given !== undefined) {
    throw new TypeError(`context: expected an HttpContext, got ${typeof given}`);
  }
  return context.set(STREAM, exchange);
}

/** The options that `RequestInit` and an `HttpRequest` have in common, though not in each version of Angular. */
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
