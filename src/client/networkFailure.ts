import type { ResolvedRequest } from './resolveRequest';

/** Codes of sockets, name servers, TLS, HTTP parsers and clients; files and arguments have codes as well. */
const SYSTEM_CODE =
  /^(E(CONN|NET|HOST|ADDR|AI_|PIPE|PROTO|NOTFOUND|TIMEDOUT|SOCKETTIMEDOUT)|UND_ERR_(?!INVALID)|HPE_|UNABLE_TO_|ERR_(NETWORK|SOCKET|TLS|SSL|HTTP2|STREAM_PREMATURE))|_CERT|CERT_/;
/** Codes of a call that cannot be right, whatever the network does. */
const MISTAKE_CODE = /^ERR_(INVALID|MISSING|BODY)/;

/**
 * Tells whether a rejection of `fetch` is a failure of the network, so that another request may succeed. Everything
 * else is what the application itself says.
 *
 * The platform's own `fetch` rejects for the network, unless the platform refuses to make the request. A `fetch` of the
 * application rejects for the network with a `TypeError`, a `DOMException` or a system's code, as the platform's does,
 * and as a thin wrapper around that passes on.
 *
 * @param given Whether the application gave the `fetch`.
 */
export function isNetworkFailure(cause: unknown, request: ResolvedRequest, given: boolean): boolean {
  const { name, code, message, retryable } = Object(cause) as Record<string, unknown>;
  const codes = codesOf(cause);
  // Bun makes requests that its `fetch` then refuses; such a rejection has a code.
  if (typeof code === 'string' && MISTAKE_CODE.test(code)) return false;
  const rejection = rejectionOf(request);
  if (rejection) {
    if (!given || rejection.message === message || codes.includes('ERR_INVALID_URL')) return false;
    // A `fetch` of the application may resolve addresses that the platform cannot.
    if (rejectionOf({ ...request, target: 'http://localhost/' })) return false;
  }
  return (
    !given ||
    name === 'TypeError' ||
    cause instanceof TypeError ||
    Object.prototype.toString.call(cause) === '[object DOMException]' ||
    // The mark of workerd, whose network errors have neither a class nor a code.
    retryable === true ||
    codes.some((each) => SYSTEM_CODE.test(each))
  );
}

/** The codes of an error and of its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  // Causes may go in a circle.
  for (let each = error, depth = 0; each && depth < 8; depth++) {
    const { code, cause } = each as Record<string, unknown>;
    if (typeof code === 'string') codes.push(code);
    each = cause;
  }
  return codes;
}

/** The platform's rejection of a request; the request that it makes is not sent, nor given the body. */
function rejectionOf({ target, headers, init }: ResolvedRequest): Error | undefined {
  const { method, url = target } = Object(target) as Partial<Request>;
  const { body = null } = init;
  // A platform without a `Request` refuses nothing.
  if (typeof globalThis.Request !== 'function') return undefined;
  try {
    new Request(url, { ...(method && { method }), ...init, headers, signal: null, body: body && '' });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
