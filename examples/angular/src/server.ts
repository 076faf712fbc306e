import { fileURLToPath } from 'node:url';
import { AngularNodeAppEngine, isMainModule } from '@angular/ssr/node';
import { serve } from 'srvx';
import { toNodeHandler } from 'srvx/node';
import { staticMiddleware } from 'srvx/static';
import { api } from './api/api';

const pages = new AngularNodeAppEngine();
const files = staticMiddleware({ dir: fileURLToPath(new URL('../browser', import.meta.url)) });

/** The streams, and the pages that show them, rendered here first. */
const handler = async (request: Request): Promise<Response> =>
  new URL(request.url).pathname.startsWith('/api/')
    ? api(request)
    : ((await pages.handle(request)) ?? new Response('Not found.\n', { status: 404 }));

if (isMainModule(import.meta.url)) {
  const server = serve({
    fetch: handler,
    middleware: [files],
    hostname: '127.0.0.1',
    port: Number(process.env['PORT'] ?? 4000),
    gracefulShutdown: false,
    silent: true,
  });
  await server.ready();
  console.log(`listening at ${server.url}`);
}

/** What `ng serve` takes. */
export const reqHandler = toNodeHandler(handler);
