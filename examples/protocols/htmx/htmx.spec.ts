import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { openPage } from '../../../spec/support/chromium';
import type { HttpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import type { Producer } from '../../../spec/support/producer';
import { webServer } from '../../../spec/support/webServer';
import { serveHtml } from './serveHtml';
import type { Html } from './serveHtml';

const { resolve } = createRequire(import.meta.url);
const script = (file: string): string => readFileSync(resolve(file), 'utf8');

const versions = [
  {
    version: 2,
    scripts: ['htmx2/dist/htmx.js', 'htmx-ext-sse/sse.js'],
    body: '<div hx-ext="sse" sse-connect="/feed" sse-close="close"><p id="price" sse-swap="price">none</p></div>',
    type: 'price',
  },
  {
    version: 4,
    scripts: ['htmx.org/dist/htmx.js', 'htmx.org/dist/ext/hx-sse.js'],
    body: '<div hx-sse:connect="/feed" hx-sse:close="close" hx-target="#price"></div><p id="price">none</p>',
    type: undefined,
  },
];

describe.each(versions)('a page of htmx $version', ({ scripts, body, type }) => {
  const piece = (data: string): Html => ({ ...(type ? { type } : {}), data });

  const serve = (html: Producer<Html>): Promise<HttpServer> => {
    const page = `<!doctype html><html><head>${scripts.map((file) => `<script>${script(file)}</script>`).join('')}</head><body>${body}</body></html>`;
    return webServer((request) =>
      new URL(request.url).pathname === '/feed'
        ? serveHtml(html.source, request)
        : new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    );
  };
  const feeds = ({ exchanges }: HttpServer) => exchanges.filter(({ request }) => request.url === '/feed');

  it('shows each piece before the next is made, and does not ask again after the end', async () => {
    const html = producer(piece('<b>1 €</b>'));
    const server = await serve(html);
    const page = await openPage(server.url);
    await eventually(() => page.locator('#price').innerHTML()).toBe('<b>1 €</b>');
    html.next(piece('<b>2 €</b>\n<i>up</i>'));
    await eventually(() => page.locator('#price').innerHTML()).toBe('<b>2 €</b>\n<i>up</i>');
    html.complete();
    await feeds(server)[0]!.disconnected;
    expect(feeds(server)).toHaveLength(1);
  });

  it('ends the source when the page is left', async () => {
    const html = producer(piece('<b>1 €</b>'));
    const server = await serve(html);
    const page = await openPage(server.url);
    await html.observedBy(1);
    await page.goto('about:blank');
    await html.observedBy(0);
    await feeds(server)[0]!.disconnected;
  });
});
