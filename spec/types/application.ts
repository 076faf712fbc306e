/*
 * An application that every supported TypeScript must compile (`npm run test:matrix`). It uses only the
 * language of the oldest compiler, and only the types of the platform, of RxJS and of this library.
 */
import { of } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  decodeText,
  encodeText,
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  isHttpStreamError,
  toEventTarget,
  toNdjsonBody,
  toSseBody,
  typed,
} from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { redisLog } from 'rxjs-http-streams/redis';
import type { NodeRedisClient } from 'rxjs-http-streams/redis';
import { chunksOf, utf8 } from 'rxjs-http-streams/testing';

/** Takes a value of one type alone: an `unknown` or a wider union does not fit. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the type
declare function take<T>(value: T): void;

/** The type of a `CompressionStream`, which the oldest compiler does not know. */
type CompressionLike = ReadableWritablePair<Uint8Array, BufferSource>;

/** Bytes are what the platform takes, wherever they come from. */
export async function bytes(chunk: Uint8Array): Promise<void> {
  const chunk$ = fromChunkedFetch('/file', { responseType: 'bytes' });
  const body = toSseBody(of('text'));
  const encoded$ = of('text').pipe(encodeText());
  take<Observable<string>>(of(chunk).pipe(decodeText()));
  chunk$.subscribe((bytes) => new Blob([bytes]));
  encoded$.subscribe((bytes) => new Blob([bytes, ...chunksOf('text', 2)]));
  await crypto.subtle.digest('SHA-256', utf8('text'));
  await fetch('/upload', { method: 'POST', body: utf8('text') });
  await fetch('/upload', { method: 'POST', body });
  new Response(body.pipeThrough({} as CompressionLike));
}

interface Row {
  readonly id: number;
}

/** The compiler infers the results of `project` beside `typed`, and adds the results of `onBadLine` to the rows. */
export function rows(): void {
  const id$ = fromNdjsonFetch('/rows', { schema: typed<Row>(), project: ({ id }) => of(id) });
  take<Observable<number>>(id$);
  const row$ = fromNdjsonFetch('/rows', { schema: typed<Row>(), onBadLine: (line) => of(line) });
  take<Observable<Row | string>>(row$);
  // @ts-expect-error -- a bad line is a text
  take<Observable<Row>>(row$);
}

/** A request may be a plain object, and `concurrent` asks for a `project`. */
export function requests(agent: object): void {
  const message$ = fromEventSource('/', {
    dispatcher: agent,
    request: ({ attempt }) => ({ cache: 'no-store', headers: { attempt: String(attempt) } }),
  });
  take<Observable<SseMessage>>(message$);
  // @ts-expect-error -- nothing is projected
  void fromEventSource('/', { concurrent: 2 });
}

/** `overflow` receives the values of the source, and a message with unknown members does not compile. */
export function bodies(): void {
  void toSseBody(of({ type: 'row', data: { id: 1 } }), {
    overflow: (queued, next) => queued.filter(({ data }) => data.id !== next.data.id).concat(next),
  });
  void toNdjsonBody(of({ id: 1 }), { overflow: (queued, next) => (next.id > 1 ? [next] : queued) });
  // @ts-expect-error -- the member that is sent as `event:` is `type`
  void toSseBody(of({ event: 'tick', data: 1 }));
}

/** The entry for Redis needs no types of a client. */
export function log(client: NodeRedisClient): void {
  redisLog(client, 'feed');
}

/** Listeners know the events by their names. */
export function events(): void {
  const tick$ = fromNdjsonFetch('/', { schema: typed<{ type: 'tick'; data: Row }>(), observe: 'lifecycle' });
  const target = toEventTarget(tick$);
  target.addEventListener('tick', ({ data }) => {
    take<Row>(data);
  });
  target.addEventListener('error', ({ error }) => {
    take<unknown>(error);
  });
}

/** The name of an error tells its class. */
export function reasonOf(error: unknown): string {
  if (!isHttpStreamError(error)) return '';
  if (error.name === 'StreamServerError') return error.reason;
  return error.name === 'StreamLimitError' ? error.option : error.message;
}
