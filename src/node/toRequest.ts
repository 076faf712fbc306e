import { getEventListeners } from 'node:events';
import { isHttp2 } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import { incomingBody } from './incomingBody';
import { onLeft } from './onLeft';

/** Requests of exchanges that go on: Node forgets the listeners of a `Request` that was collected. */
const requests = new WeakMap<object, Request>();
/** Controllers of the signals of requests, for as long as anything holds the request. */
const controllers = new WeakMap<Request, AbortController>();
/** Requests whose signal the application has in its hands. */
const asked = new WeakSet<Request>();

/** A request that knows whether anything may depend on its signal. */
class IncomingRequest extends Request {
  override get signal(): AbortSignal {
    asked.add(this);
    return super.signal;
  }

  /** Whether nothing is to be told of the abort: requests that are made of this one listen to its signal. */
  get isAlone(): boolean {
    return !asked.has(this) && getEventListeners(super.signal, 'abort').length === 0;
  }
}

/** The newest request of each connection of HTTP/1.1 whose response is not known. */
const newest = new WeakMap<object, WeakRef<AbortController>>();

/** A request whose path was cut by the router that it came through. */
interface Mounted {
  readonly originalUrl?: string | undefined;
}

/**
 * Makes a `Request` of the platform of a request of Node: its method, URL, headers and body, and a `signal` that aborts
 * when the client leaves before the response has ended.
 *
 * The body is read when the application reads it, and the client is held back meanwhile. A body that middleware has
 * read before is made again of `req.rawBody` or `req.body`: text and bytes as they are, JSON, and the flat fields of a
 * form. Where neither has it, reading the body rejects with an error that says so.
 *
 * The URL has the `host` that the client names, and `https` on an encrypted connection. Headers of proxies
 * (`x-forwarded-*`) are passed on, and not trusted.
 *
 * Throws a `TypeError` when the client has sent a host, a path or a method that no `Request` can have (WHATWG Fetch
 * §5.4).
 *
 * @param res - Tells when the client has left, for each response of a connection. Without it the newest request alone
 * of a
 *   connection is told, when that is closed.
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
 * Whether a response answers a request, so that the end of one is the end of the other. Then the request is not held on
 * to any more, unless something depends on its signal: a request takes four kilobytes of each idle client.
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
  // A request to a proxy names all of it (RFC 9112 §3.2.2).
  if (/^https?:\/\//i.test(path)) return path;
  const scheme = 'encrypted' in req.socket ? 'https' : 'http';
  const host = (isHttp2(req) && req.authority) || req.headers.host || 'localhost';
  const origin = `${scheme}://${host}`;
  if (!URL.canParse(origin) || new URL(origin).pathname !== '/' || /[?#@]/.test(host)) {
    throw new TypeError(`toRequest: expected a host, got ${JSON.stringify(host.slice(0, 100))}`);
  }
  // `*` is what OPTIONS asks about the server itself (RFC 9112 §3.2.4).
  return `${origin}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Headers that describe the body as the client has sent it. */
const OF_BODY = ['content-encoding', 'content-length', 'transfer-encoding'];

function headersOf(req: NodeRequest, isAsSent: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    // HTTP/2 names the method and the path among the headers (RFC 9113 §8.3.1).
    if (name.startsWith(':') || value === undefined || (!isAsSent && OF_BODY.includes(name))) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}
