import { readFile } from 'node:fs/promises';
import { bundle } from './bundle';
import type { Handler } from './handler';

const notFound: Handler = () => new Response('Not found.\n', { status: 404 });

/** Serves the page of a folder (`page.html`, and `page.ts` as a script for browsers); `handler` serves the rest. */
export function withPage(folder: URL, handler: Handler = notFound): Handler {
  return async (request) => {
    switch (new URL(request.url).pathname) {
      case '/':
        return answer('text/html', await readFile(new URL('page.html', folder)));
      case '/page.css':
        return answer('text/css', await readFile(new URL('page.css', import.meta.url)));
      case '/page.js':
        return answer('text/javascript', await bundle(new URL('page.ts', folder)));
      default:
        return handler(request);
    }
  };
}

const answer = (type: string, body: Uint8Array<ArrayBuffer>): Response =>
  new Response(body, { headers: { 'content-type': `${type}; charset=utf-8` } });
