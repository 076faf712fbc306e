/*
 * An application as every supported TypeScript compiles it (`.ci/typescript-versions.mjs`): in the language of the oldest,
 * and with no type but those of the platform, of RxJS and of this library.
 */
import { of } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  decodeText,
  encodeText,
  fromChunkedFetch,
  fromNdjsonFetch,
  isHttpStreamError,
  toSseBody,
  typed,
} from 'rxjs-http-streams';
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

/** What `project` gives is inferred beside `typed`, and what `onBadLine` gives is in the rows. */
export function rows(): void {
  const id$ = fromNdjsonFetch('/rows', { schema: typed<Row>(), project: ({ id }) => of(id) });
  take<Observable<number>>(id$);
  const row$ = fromNdjsonFetch('/rows', { schema: typed<Row>(), onBadLine: (line) => of(line) });
  take<Observable<Row | string>>(row$);
  // @ts-expect-error -- a bad line is a text
  take<Observable<Row>>(row$);
}

/** The name of an error tells its class. */
export function reasonOf(error: unknown): string {
  if (!isHttpStreamError(error)) return '';
  if (error.name === 'StreamServerError') return error.reason;
  return error.name === 'StreamLimitError' ? error.option : error.message;
}
