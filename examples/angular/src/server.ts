import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { AngularNodeAppEngine, createNodeRequestHandler, isMainModule } from '@angular/ssr/node';
import { nodeHandler } from 'rxjs-http-streams/node';
import { staticMiddleware } from 'srvx/static';
import { api } from './api/api';

const pages = new AngularNodeAppEngine();
const files = staticMiddleware({ dir: fileURLToPath(new URL('../browser', import.meta.url)) });

/** The pages that show the streams, rendered here first. */
const page = async (request: Request): Promise<Response> =>
  (await pages.handle(request)) ?? new Response('Not found.\n', { status: 404 });

/**
 * Answers every request by the same bridge, the streams above all: `writeResponseToNodeResponse` of Angular ends a
 * stream that fails as if it were whole.
 */
const listener = nodeHandler((request) =>
  new URL(request.url).pathname.startsWith('/api/') ? api(request) : files(request, () => page(request)),
);

if (isMainModule(import.meta.url)) {
  const server = createServer(listener);
  server.listen(Number(process.env['PORT'] ?? 4000), '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object') console.log(`listening at http://127.0.0.1:${address?.port}`);
  });
}

/** The handler that `ng serve` takes. */
export const reqHandler = createNodeRequestHandler(listener);
