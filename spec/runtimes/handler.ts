import { NEVER, concat, defer, finalize, from, interval, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { sseStop, toChunkedResponse, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';

/** Counts of the bodies of one case: plain data, as some platforms let requests share no more. */
interface Source {
  /** Subscribed and not yet left. */
  open: number;
  /** Values that were asked for. */
  pulled: number;
  /** Whether the client has said that it has what came so far. */
  confirmed: boolean;
}

const sources = new Map<string, Source>();

function watched<T>(known: Source, source: Observable<T>): Observable<T> {
  return defer(() => {
    known.open++;
    return source.pipe(
      finalize(() => {
        known.open--;
      }),
    );
  });
}

/** One value, and another when the client has confirmed the first. */
const inTwo = (known: Source): Observable<string> =>
  concat(
    of('1'),
    new Promise<string>((resolve) => {
      const timer = setInterval(() => {
        if (!known.confirmed) return;
        clearInterval(timer);
        resolve('2');
      }, 20);
    }),
  );

const KIBS = 'x'.repeat(64 * 1024);

function* flood(known: Source): Generator<string> {
  known.open++;
  try {
    for (; known.pulled < 1_024; known.pulled++) yield KIBS;
  } finally {
    known.open--;
  }
}

const broken = (): Observable<never> => throwError(() => new Error('the secret'));

const answers: Readonly<Record<string, (request: Request, known: Source) => Response | Promise<Response>>> = {
  '/live/sse': (request, known) =>
    toSseResponse(
      defer(() => inTwo(known)),
      { request },
    ),
  '/live/ndjson': (request, known) =>
    toNdjsonResponse(defer(() => inTwo(known)).pipe(map((text) => Number(text))), { request }),
  '/live/text': (request, known) =>
    toChunkedResponse(
      defer(() => inTwo(known)),
      { request },
    ),
  '/busy': (request, known) =>
    toSseResponse(watched(known, interval(10).pipe(map((n) => String(n)))), { request }),
  '/quiet': (request, known) =>
    toSseResponse(watched(known, concat(of('1'), NEVER)), { request, heartbeat: 1_000 }),
  '/flood': (request, known) => toNdjsonResponse(flood(known), { request }),
  '/whole': (request) => toSseResponse(from(['1', '2']), { request }),
  '/failing': (request) => toSseResponse(concat(of('1'), defer(broken)), { request }),
  '/failing/rows': (request) =>
    toNdjsonResponse(concat(of(1), defer(broken)), { request, terminal: 'notification' }),
  '/failing/text': (request) => toChunkedResponse(concat(of('1'), defer(broken)), { request }),
  '/failing/first': (request) => toSseResponse(defer(broken), { request, awaitFirst: true }),
  '/after': (request) => toSseResponse((lastEventId) => of(`after ${lastEventId}`), { request }),
  '/stop': () => sseStop(),
};

/** A server of our bodies on whatever platform has `Request` and `Response`; it says what its sources see. */
export function handle(request: Request): Response | Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const known = sources.get(search) ?? { open: 0, pulled: 0, confirmed: false };
  sources.set(search, known);
  if (pathname === '/source') return Response.json(known);
  if (pathname === '/confirm') {
    known.confirmed = true;
    return Response.json(true);
  }
  return answers[pathname]?.(request, known) ?? new Response(null, { status: 404 });
}
