import express from 'express';
import type { Express } from 'express';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/**
 * Express routes HEAD by `get` as well, which starts nothing. A failure of a handler goes to the error handlers of
 * Express. The body that `express.json()` has read is there for `request.json()`.
 */
export const expressApp = (n$: Observable<number> = interval(1_000)): Express =>
  express()
    .use(express.json())
    .get(
      '/ticks',
      nodeHandler((request) => toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request })),
    )
    .get(
      '/rows',
      nodeHandler((request) => toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request })),
    )
    .post(
      '/echo',
      nodeHandler(async (request) => Response.json(await request.json())),
    );
