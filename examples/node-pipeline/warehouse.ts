import type { RequestListener } from 'node:http';
import { count, map } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { fromNdjsonFetch, toChunkedBody, toNdjsonResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import type { WarmReading } from './warm';

/** The warehouse's answer once it has everything. */
export interface Receipt {
  /** Number of rows that are stored. */
  rows: number;
}

/**
 * Takes an upload of NDJSON, a row at a time: who sends it is held back while a row is being stored. An upload is read
 * like an answer, and one that is cut off is an error, never an end.
 */
export const warehouse =
  (store: (row: WarmReading) => ObservableInput<unknown> = () => [undefined]): RequestListener =>
  (req, res) => {
    const receipt$ = fromNdjsonFetch<WarmReading>(req.url ?? '', {
      // Not the `body` of the request: Node 20 makes it by `Readable.toWeb`, which can end the process when it is left.
      fetch: () => [new Response(toChunkedBody(req))],
      project: store,
    }).pipe(
      count(),
      map((rows): Receipt => ({ rows })),
    );
    nodeHandler((request) => toNdjsonResponse(receipt$, { request, awaitFirst: true }))(req, res);
  };
