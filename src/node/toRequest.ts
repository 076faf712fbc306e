import { getEventListeners } from 'node:events';
import { isHttp2 } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import { incomingBody } from './incomingBody';
import { onLeft } from './onLeft';

/**
 * Requests of unfinished responses. They stay in memory, as Node drops the abort listeners of a collected `Request`.
 */
const requests = new WeakMap<object, Request>();
/** Controllers of the signals of requests. Each is kept for as long as its request is in memory. */
const controllers = new WeakMap<Request, AbortController>();
/** Requests whose signal the application has read. */
const observed = new WeakSet<Request>();

/** A request that knows whether anything may depend on its signal. */
class IncomingRequest extends Request {
  override get signal(): AbortSignal {
    observed.add(this);
    return super.signal;
  }

  /** Whether nothing depends on the signal. A `Request` that is made of this one listens to it. */
  get isAlone(): boolean {
    return !observed.has(this) && getEventListeners(super.signal, 'abort').length === 0;
  }
}

/** Newest request of each connection of HTTP/1.1, among the requests that `toRequest` got without a response. */
const newest = new WeakMap<object, WeakRef<AbortController>>();

/** A request whose path a router has shortened. */
interface Mounted {
  readonly originalUrl?: string | undefined;
}

/**
 * Turns a request of Node into a `Request` of the platform, with its method, URL, headers and body, and a `signal` that
 * aborts when the client disconnects before the response has ended.
 *
 * The body is read with back-pressure, when the application reads it. If middleware has read it before, `toRequest`
 * restores it from `req.rawBody` or `req.body`: text and bytes unchanged, JSON, and the flat fields of a form. If
 * neither has the body, reading it rejects with a `TypeError` that explains how to keep it.
 *
 * The URL has the host of the `host` header, and `https` on an encrypted connection. Headers of proxies
 * (`x-forwarded-*`) are passed on but not trusted.
 *
 * Throws a `TypeError` when the client has sent a host, a path or a method that no `Request` can have (WHATWG Fetch
 * §5.4).
 *
 * @param res - The response to the request, whose end decides when the signal aborts. Without it, only the signal of
 *   the newest request of a connection aborts, and only when the connection closes.
 * @see {@link sendResponse} for the other direction, and {@link nodeHandler} for both.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { interval, map } from 'rxjs';
 * import { toSseResponse } from 'rxjs-http-streams';
 * import { sendResponse, toRequest } from 'rxjs-http-streams/node';
 *
 * const tick$ = interval(1_000).pipe(map((n) => ({ data: { n } })));
 * createServer((req, res) => {
 *   sendResponse(toSseResponse(tick$, { request: toRequest(req, res) }), res);
 * }).listen(3000);
 * ```
 */
export function toRequest(req: NodeRequest, res?: NodeResponse): Request {
  const { body, isAsSent } = incomingBody(req);
  const controller = new AbortController();
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: req.method ?? 'GET',
    headers: headersOf(req, isAsSent),
    body: (body as BodyInit | undefined) ?? null,
    duplex: 'half',
    signal: controller.signal,
  };
  const request = new IncomingRequest(urlOf(req), init);
  requests.set(res ?? req, request);
  controllers.set(request, controller);
  onGone(req, res, new WeakRef(controller));
  return request;
}

/**
 * Whether a response answers a request of {@link toRequest}, so that both end together. If so, the request is released,
 * unless something depends on its signal: a request takes four kilobytes for each idle client.
 */
export function isAnswered(request: Request, res: NodeResponse): boolean {
  if (requests.get(res) !== request) return false;
  if (request instanceof IncomingRequest && request.isAlone) requests.delete(res);
  return true;
}

function onGone(req: NodeRequest, res: NodeResponse | undefined, controller: WeakRef<AbortController>): void {
  const abort = (): void => {
    controller.deref()?.abort();
  };
  if (res) onLeft(res, abort);
  else if (isHttp2(req)) req.stream.once('close', abort);
  else {
    const { socket } = req;
    const isFirst = !newest.has(socket);
    newest.set(socket, controller);
    if (!isFirst) return;
    socket.once('close', () => {
      newest.get(socket)?.deref()?.abort();
    });
  }
}

function urlOf(req: NodeRequest): string {
  const path = (req as Mounted).originalUrl ?? req.url ?? '/';
  // A request to a proxy has the whole URL (RFC 9112 §3.2.2).
  if (/^https?:\/\//i.test(path)) return path;
  const scheme = 'encrypted' in req.socket ? 'https' : 'http';
  const host = (isHttp2(req) && req.authority) || req.headers.host || 'localhost';
  const origin = `${scheme}://${host}`;
  if (!URL.canParse(origin) || new URL(origin).pathname !== '/' || /[?#@]/.test(host)) {
    throw new TypeError(`toRequest: expected a host, got ${JSON.stringify(host.slice(0, 100))}`);
  }
  // The path of an OPTIONS request about the whole server is `*` (RFC 9112 §3.2.4).
  return `${origin}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Headers that describe the body as the client has sent it. */
const OF_BODY = ['content-encoding', 'content-length', 'transfer-encoding'];

function headersOf(req: NodeRequest, isAsSent: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    // Node lists the pseudo-headers of HTTP/2, such as `:path`, among the headers (RFC 9113 §8.3.1).
    if (name.startsWith(':') || value === undefined || (!isAsSent && OF_BODY.includes(name))) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}
