import { build } from 'esbuild';
import { chromium } from 'playwright';
import type { Page } from 'playwright';
import { NEVER, concat, map, range } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { chromiumFlags, installedChromium } from '../support/installedChromium';
import type { HttpServer } from '../support/httpServer';
import { webServer } from '../support/webServer';
import { root } from '../support/root';
import { snippets } from './snippet';

/** The snippet as a browser takes it: `snippet.default` is the feed. */
async function bundled(title: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: snippets.get(title)?.text ?? '', loader: 'ts', resolveDir: root },
    alias: { 'rxjs-http-streams': `${root}src/index.ts` },
    bundle: true,
    format: 'iife',
    globalName: 'snippet',
    write: false,
  });
  return outputFiles[0]!.text;
}

const html = (script: string): Response =>
  new Response(`<!doctype html><title>A page</title><script>${script}</script>`, {
    headers: { 'content-type': 'text/html' },
  });

/** A page that reads the feed of the README, and another one. */
async function site(title: string): Promise<HttpServer> {
  const script = await bundled(title);
  return webServer((request) => {
    switch (new URL(request.url).pathname) {
      case '/':
        return html(`${script}
          seen = [];
          addEventListener('pageshow', ({ persisted }) => seen.push(persisted ? 'back' : 'new'));
          snippet.default.subscribe(({ data }) => seen.push(data));`);
      case '/feed':
        return toSseResponse(
          (lastEventId = '0') =>
            concat(range(Number(lastEventId) + 1, 2).pipe(map((n) => ({ id: `${n}`, data: n }))), NEVER),
          { request, retry: 100 },
        );
      default:
        return html('');
    }
  });
}

async function opened(url: string): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: installedChromium ?? '',
    args: chromiumFlags,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}

describe.skipIf(!installedChromium)('the README: The back/forward cache', () => {
  it('is where a page with the feed goes, which continues when the user comes back', async () => {
    const { url, exchanges } = await site('The back/forward cache');
    const page = await opened(url);
    const seen = (): Promise<unknown> => page.evaluate('seen');

    await eventually(seen).toEqual(['new', '1', '2']);
    await page.goto(`${url}other`);
    await page.goBack({ waitUntil: 'commit' });

    await eventually(seen).toEqual(['new', '1', '2', 'back', '3', '4']);
    const asked = exchanges.filter(({ request }) => request.url === '/feed');
    expect(asked.map(({ request }) => request.headers['last-event-id'])).toEqual([undefined, '2']);
  }, 60_000);
});
