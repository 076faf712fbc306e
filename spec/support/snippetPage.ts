import { build } from 'esbuild';
import { NEVER, concat, of, throwError } from 'rxjs';
import type { Page } from 'playwright';
import { toSseResponse } from 'rxjs-http-streams';
import { eventually } from '../end-to-end/eventually';
import { snippets } from '../readme/snippet';
import { openPage } from './chromium';
import type { HttpServer } from './httpServer';
import { root } from './root';
import { webServer } from './webServer';

/** A page that runs snippets in Chromium, and the server of its feeds. */
export interface SnippetPage {
  readonly page: Page;
  /** The text that the page shows. */
  readonly text: () => Promise<string>;
  /** The addresses of the feeds that were asked for so far. */
  readonly asked: () => (string | undefined)[];
  /** The addresses of the feeds that are open. */
  readonly open: () => (string | undefined)[];
}

/** Bundles a script as a page has it. `files` are the titles of snippets by the names of their modules. */
async function bundled(script: string, files: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: script, loader: 'ts', resolveDir: root },
    plugins: [
      {
        name: 'snippets',
        setup(plugin) {
          plugin.onResolve({ filter: /^\.\// }, ({ path, importer, namespace }) =>
            namespace === 'snippet' || importer === '<stdin>' ? { path, namespace: 'snippet' } : undefined,
          );
          plugin.onLoad({ filter: /.*/, namespace: 'snippet' }, ({ path }) => ({
            contents: snippets.get(files[path] ?? '')?.text ?? '',
            loader: 'tsx',
            resolveDir: root,
          }));
        },
      },
    ],
    alias: { 'rxjs-http-streams': `${root}src/index.ts` },
    define: {
      // StrictMode does nothing in production.
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    jsx: 'automatic',
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Opens a page with a script. Each feed sends its own name and goes on, and that of `/prices/FAIL` fails then. */
export async function openSnippets(
  script: string,
  files: Readonly<Record<string, string>>,
): Promise<SnippetPage> {
  const code = await bundled(script, files);
  const server: HttpServer = await webServer((request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/prices/')) {
      return new Response(`<!doctype html><title>Page</title><main></main><script>${code}</script>`, {
        headers: { 'content-type': 'text/html' },
      });
    }
    const name = pathname.slice('/prices/'.length);
    const rest$ = name === 'FAIL' ? throwError(() => new Error('no prices')) : NEVER;
    return toSseResponse(concat(of({ data: name }), rest$), { request, heartbeat: 0 });
  });
  const page = await openPage(server.url);
  const feeds = (): HttpServer['exchanges'] =>
    server.exchanges.filter(({ request }) => request.url?.startsWith('/prices/'));
  await eventually(() => page.evaluate('"render" in globalThis')).toBe(true);
  return {
    page,
    text: async () => (await page.locator('main').textContent()) ?? '',
    asked: () => feeds().map(({ request }) => request.url),
    open: () =>
      feeds()
        .filter(({ response }) => !response.closed)
        .map(({ request }) => request.url),
  };
}
