import { toChunkedResponse, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import type { BodyResponseInit, BodySource } from 'rxjs-http-streams';
import type { CommonOptions } from './bodies';

export type CommonInit = Omit<BodyResponseInit, 'awaitFirst'> & CommonOptions;

/** One of the makers of Responses, with strings for values. */
export interface ResponseMaker {
  readonly name: string;
  readonly respond: (source: BodySource<string>, init?: CommonInit) => Response;
  readonly respondWithFirst: (source: BodySource<string>, init?: CommonInit) => Promise<Response>;
  /** Headers of the format. */
  readonly format: Readonly<Record<string, string>>;
  /** Body of a source that emits `'a'` and completes. */
  readonly a: string;
  /** Body of a source that completes at once. */
  readonly empty: string;
}

export const responses: readonly ResponseMaker[] = [
  {
    name: 'toChunkedResponse',
    respond: (source, init) => toChunkedResponse(source, init),
    respondWithFirst: (source, init) => toChunkedResponse(source, { ...init, awaitFirst: true }),
    format: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    a: 'a',
    empty: '',
  },
  {
    name: 'toNdjsonResponse',
    respond: (source, init) => toNdjsonResponse(source, init),
    respondWithFirst: (source, init) => toNdjsonResponse(source, { ...init, awaitFirst: true }),
    format: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    a: '"a"\n',
    empty: '',
  },
  {
    name: 'toSseResponse',
    respond: (source, init) => toSseResponse(source, init),
    respondWithFirst: (source, init) => toSseResponse(source, { ...init, awaitFirst: true }),
    format: { 'content-type': 'text/event-stream' },
    a: ':rxjs-http-streams\n\ndata: a\n\n:rxjs-http-streams end\n\n',
    empty: ':rxjs-http-streams\n\n:rxjs-http-streams end\n\n',
  },
];
