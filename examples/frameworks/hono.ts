import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Hono } from 'hono';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/**
 * The same on Node, Bun, Deno and workers. `get` answers HEAD too, which starts nothing.
 *
 * Hono's `etag()` reads a body to its end before it sends a byte, so it must leave streams out:
 * `app.use(except(['/ticks', '/rows'], etag()))`, with `except` of `hono/combine`. Its `compress()` does no harm.
 */
export function honoApp(n$: Observable<number> = interval(1_000)): Hono {
  const app = new Hono();
  app.get('/ticks', ({ req }) => toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request: req.raw }));
  app.get('/rows', ({ req }) =>
    toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request: req.raw, awaitFirst: true }),
  );
  app.post('/echo', async ({ req }) => Response.json(await req.json()));
  return app;
}

/** The application on Node. `serve` of `@hono/node-server` does as well, and has the socket in `c.env`. */
export const honoServer = (n$?: Observable<number>): Server => createServer(nodeHandler(honoApp(n$).fetch));
