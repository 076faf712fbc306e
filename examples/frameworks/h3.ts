import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { H3 } from 'h3';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/** `get` answers HEAD too, which starts nothing. */
export const h3App = (n$: Observable<number> = interval(1_000)): H3 =>
  new H3()
    .get('/ticks', ({ req }) => toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request: req }))
    .get('/rows', ({ req }) =>
      toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request: req, awaitFirst: true }),
    )
    .post('/echo', async ({ req }) => Response.json(await req.json()));

/** The application on Node. `toNodeHandler` of `h3/node` does as well, and has the socket in `event.runtime`. */
export function h3Server(n$?: Observable<number>): Server {
  const app = h3App(n$);
  return createServer(nodeHandler((request) => app.fetch(request)));
}
