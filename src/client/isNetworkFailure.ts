import type { ResolvedRequest } from './resolveRequest';

/** Codes of sockets, name servers, TLS, HTTP parsers and HTTP clients, but not those of files or arguments. */
const SYSTEM_CODE =
  /^(E(CONN|NET|HOST|ADDR|AI_|PIPE|PROTO|NOTFOUND|(SOCKET)?TIMEDOUT)|UND_ERR_(?!INVALID)|HPE_|UNABLE_TO_|ERR_(NETWORK|SOCKET|TLS|SSL|HTTP2|STREAM_PREMATURE))|_CERT|CERT_/;
/** Codes of a mistake in the call, which fails on every network. */
const MISTAKE_CODE = /^ERR_(INVALID|MISSING|BODY)/;

/**
 * Whether `fetch` rejected because of the network, so that another request may succeed. Every other rejection is an
 * error of the application.
 *
 * A rejection of the platform's own `fetch` is a failure of the network, unless the platform refuses to make the
 * request. A rejection of the application's `fetch` is a failure of the network if it is a `TypeError`, a
 * `DOMException` or an error with a code of the system: the platform's `fetch` rejects with these, and a thin wrapper
 * passes them on.
 *
 * @param given - The `fetch` of the application, if it gave one.
 * @param signal - The signal of the request.
 */
export function isNetworkFailure(
  cause: unknown,
  request: ResolvedRequest,
  given: unknown,
  signal?: AbortSignal,
): boolean {
  const { name, code, message, retryable } = Object(cause) as Record<string, unknown>;
  const codes = codesOf(cause);
  // Bun makes some requests that its `fetch` then refuses. Such a rejection has the code of a mistake.
  if (typeof code === 'string' && MISTAKE_CODE.test(code)) return false;
  // In Jest's jsdom `AbortController` is not the platform's, so that the platform's `fetch` refuses each signal.
  const rejection = rejectionOf(request, signal);
  if (rejection) {
    if (!given || rejection.message === message || codes.includes('ERR_INVALID_URL')) return false;
    // The application's `fetch` may take URLs and signals that the platform does not: try the rest of the request.
    if (rejectionOf({ ...request, target: 'http://localhost/' })) return false;
  }
  return (
    !given ||
    name === 'TypeError' ||
    cause instanceof TypeError ||
    Object.prototype.toString.call(cause) === '[object DOMException]' ||
    // workerd marks its network errors so. They have neither a class nor a code.
    retryable === true ||
    codes.some((each) => SYSTEM_CODE.test(each))
  );
}

/** Lists the codes of an error and of its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  // The depth has a limit because causes may form a cycle.
  for (let each = error, depth = 0; each && depth < 8; depth++) {
    const { code, cause } = each as Record<string, unknown>;
    if (typeof code === 'string') codes.push(code);
    each = cause;
  }
  return codes;
}

/** Returns the platform's reason for refusing a request. The `Request` that it tries gets no body and is not sent. */
function rejectionOf(
  { target, headers, init }: ResolvedRequest,
  signal: AbortSignal | null = null,
): Error | undefined {
  const { method, url = target } = Object(target) as Partial<Request>;
  const { body = null } = init;
  // Without a `Request` class there is nothing to try.
  if (typeof globalThis.Request !== 'function') return undefined;
  try {
    new Request(url, { ...(method && { method }), ...init, headers, signal, body: body && '' });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
