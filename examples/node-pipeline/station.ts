import { Readable, pipeline } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import { noop } from 'rxjs';
import { toChunkedBody, toNdjsonResponse } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';
import { readings } from './reading';
import type { Reading } from './reading';

/** Header with the number of rows: the length of a compressed body does not tell it. */
export const ROW_COUNT = 'x-row-count';

/** Number of rows that a response announces; `undefined` if it announces none. */
export function rowCount(headers: Headers): number | undefined {
  const announced = headers.get(ROW_COUNT);
  return announced === null ? undefined : Number(announced);
}

/** Serves readings as NDJSON, no faster than the client reads; compressed for who accepts gzip. */
export const station =
  (count: number, source: (count: number) => Iterable<Reading> = readings): Handler =>
  (request) => {
    const { body, headers } = toNdjsonResponse(source(count), {
      request,
      headers: { [ROW_COUNT]: String(count) },
    });
    if (!body || !request.headers.get('accept-encoding')?.includes('gzip')) {
      return new Response(body, { headers });
    }
    headers.set('content-encoding', 'gzip');
    return new Response(gzipped(body), { headers });
  };

/**
 * By Node's own zlib: its `CompressionStream` takes a gigabyte ahead of a client that does not read. And back by
 * `toChunkedBody`: `Readable.toWeb` of Node 20 can end the process when it is cancelled.
 */
function gzipped(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // Either end that is gone is told to the other.
  return toChunkedBody(pipeline(Readable.fromWeb(body as NodeReadableStream), createGzip(), noop));
}
