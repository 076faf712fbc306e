import Router from '@koa/router';
import Koa from 'koa';
import type { Context } from 'koa';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/**
 * Answers a route of Koa by a web-standard handler, with the headers that middleware has set before, and the body that
 * a parser has read. Koa takes a `Response` as `ctx.body` too, but does not end it when the client leaves in silence.
 */
export const answeredBy =
  (handler: (request: Request) => Response | Promise<Response>) =>
  (ctx: Context): void => {
    const onError = (error: unknown): void => {
      ctx.app.emit('error', error, ctx);
    };
    // Koa takes a connection that the client resets for a failure of the application.
    const tell = ctx.onerror.bind(ctx);
    ctx.onerror = (error) => {
      if (!ctx.socket.destroyed) tell(error);
    };
    const body = 'body' in ctx.request ? ctx.request.body : undefined;
    ctx.respond = false;
    nodeHandler(handler, { onError })(Object.assign(ctx.req, { body }), ctx.res);
  };

/** The router answers HEAD by `get` as well, which starts nothing. */
export function koaApp(n$: Observable<number> = interval(1_000)): Koa {
  const router = new Router();
  router.get(
    '/ticks',
    answeredBy((request) => toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request })),
  );
  router.get(
    '/rows',
    answeredBy((request) => toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request })),
  );
  router.post(
    '/echo',
    answeredBy(async (request) => Response.json(await request.json())),
  );
  const app = new Koa();
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}
