// The handlers of the page about msw, in the service worker of a browser.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { snippets } from '../readme/snippet';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { root } from '../support/root';
import { webServer } from '../support/webServer';

/** The application of the spec: a feed and an answer, read from mocks. */
const application = `
${snippets.get('Streams for a front end')?.text ?? ''}
import { setupWorker } from 'msw/browser';
import { fromEventSource } from 'rxjs-http-streams';

globalThis.seen = [];
globalThis.requests = 0;
setupWorker(...handlers).start({ quiet: true }).then(() => {
  const request = ({ lastEventId }) => {
    globalThis.requests++;
    globalThis.lastEventId = lastEventId;
    return {};
  };
  fromEventSource('/prices', { request }).subscribe(({ data }) => globalThis.seen.push(JSON.parse(data).price));
});`;

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: application, loader: 'ts', resolveDir: root },
    alias: { 'rxjs-http-streams': `${root}src/index.ts` },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]!.text;
}

describe.runIf(installedChromium)('msw in a page', () => {
  it('cuts a feed, which continues after its last message', async () => {
    const script = await bundled();
    const files: Readonly<Record<string, [type: string, text: string]>> = {
      '/': ['text/html', '<!doctype html><title>A page</title><script src="/app.js"></script>'],
      '/app.js': ['text/javascript', script],
      '/mockServiceWorker.js': [
        'text/javascript',
        readFileSync(`${root}node_modules/msw/lib/mockServiceWorker.js`, 'utf8'),
      ],
    };
    const server = await webServer((request) => {
      const [type, text] = files[new URL(request.url).pathname] ?? [];
      return type
        ? new Response(text, { headers: { 'content-type': type } })
        : new Response('', { status: 404 });
    });
    const page = await openPage(server.url, (opened) => {
      // The cut comes when the spec says so, not after 5 s.
      void opened.addInitScript(`AbortSignal.timeout = () => {
        const connection = new AbortController();
        globalThis.cut = () => connection.abort();
        return connection.signal;
      };`);
    });
    const seen = (): Promise<number[]> => page.evaluate('globalThis.seen');

    await eventually(async () => (await seen()).length).toBeGreaterThan(0);
    await page.evaluate('globalThis.cut()');
    await eventually(() => page.evaluate('globalThis.requests')).toBe(2);
    expect(await page.evaluate('globalThis.lastEventId')).not.toBe('');
    const before = (await seen()).length;
    await eventually(async () => (await seen()).length).toBeGreaterThan(before);
    const prices = await seen();
    expect(prices).toEqual(prices.map((_, n) => 100 + n));
    expect(server.exchanges.map(({ request }) => request.url)).not.toContain('/prices');
  });
});
