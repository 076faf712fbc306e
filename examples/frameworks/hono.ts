import { Hono } from 'hono';
import { toSseResponse } from 'rxjs-http-streams';
import { tick$ } from './ticks';

/** The same on Node (`@hono/node-server`), Bun, Deno and workers. */
export function honoApp(source$ = tick$): Hono {
  const app = new Hono();
  app.get('/ticks', ({ req }) => toSseResponse(source$, { request: req.raw }));
  return app;
}
