import {
  NEVER,
  Subject,
  concat,
  concatMap,
  defer,
  finalize,
  ignoreElements,
  map,
  range,
  take,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { answerTo } from './answer';
import { market$, priceOf } from './market';

/** The requests that came, for pages and specs that ask what the server saw. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly lastEventId: string | null;
  readonly status: number;
}

const seen: Seen[] = [];
let open = 0;

/** Counts a stream for as long as somebody reads it. */
const counted = <T>(source: Observable<T>): Observable<T> =>
  defer(() => {
    open++;
    return source;
  }).pipe(finalize(() => open--));

const valid = new Set<string>();
let issued = 0;

function issue(): Response {
  const token = `token-${++issued}`;
  valid.add(token);
  return Response.json({ token });
}

/** Breaks every stream that is open. */
const cut = new Subject<void>();

function cuttable(): AbortSignal {
  const controller = new AbortController();
  cut.pipe(take(1)).subscribe(() => {
    controller.abort(new Error('The line was cut.'));
  });
  return controller.signal;
}

/** Every client continues after the last price it has seen. */
const prices = resumable(market$, { bufferSize: 5_000 });

/** Emits that many messages, so many at a time. */
const flood = (count: number, size: number): Observable<SseMessageInit> =>
  range(0, count / size).pipe(
    concatMap((batch) => concat(range(batch * size, size), timer(1).pipe(ignoreElements()))),
    map((n) => ({ id: String(n), data: { n } })),
  );

const ok = (): Response => new Response(null, { status: 204 });

async function streams(request: Request, path: string, query: URLSearchParams): Promise<Response> {
  const options = { request, signal: cuttable(), retry: 500 };
  const [, share] = /^\/api\/prices\/(\w+)$/.exec(path) ?? [];
  if (path === '/api/prices') return toSseResponse((last) => counted(prices(last)), options);
  if (path === '/api/flood') {
    const message$ = flood(Number(query.get('count')), Number(query.get('size') ?? 400));
    return toSseResponse(counted(message$), options);
  }
  if (path === '/api/chat' && request.method === 'POST') {
    const { question } = (await request.json()) as { question: string };
    return toSseResponse(counted(answerTo(question)), { ...options, endMarker: '[DONE]' });
  }
  if (share) return toSseResponse(counted(share === 'MUTE' ? NEVER : priceOf(share)), options);
  return new Response('Not found.\n', { status: 404 });
}

async function answer(request: Request, path: string, query: URLSearchParams): Promise<Response> {
  switch (`${request.method} ${path}`) {
    case 'POST /api/session':
      return issue();
    case 'POST /api/expire':
      valid.clear();
      return ok();
    case 'POST /api/cut':
      cut.next();
      return ok();
    default:
      return valid.has(request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
        ? streams(request, path, query)
        : Response.json({ code: 'token_expired' }, { status: 401 });
  }
}

/** The streams of the application, for who has a token; and `GET /api/seen`, what the server saw. */
export async function api(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/api/seen') return Response.json({ open, requests: seen });
  const response = await answer(request, pathname, searchParams);
  seen.push({
    method: request.method,
    path: pathname,
    authorization: request.headers.get('authorization'),
    lastEventId: request.headers.get('last-event-id'),
    status: response.status,
  });
  return response;
}
