import { join } from 'node:path';
import type { UIMessageChunk } from 'ai';
import { build } from 'esbuild';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { openPage } from '../../../spec/support/chromium';
import type { HttpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import type { Producer } from '../../../spec/support/producer';
import { webServer } from '../../../spec/support/webServer';
import { serveChat } from './serveChat';

let script: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../support/chatPage.ts')],
    define: { 'process.env.NODE_ENV': '"development"' },
    bundle: true,
    format: 'esm',
    write: false,
  });
  script = outputFiles[0]!.text;
});

const delta = (text: string): UIMessageChunk => ({ type: 'text-delta', id: 't', delta: text });

/** A page with the chat, and the answer that it gets. */
async function chat() {
  const answer = producer<UIMessageChunk>({ type: 'start' }, { type: 'text-start', id: 't' }, delta('One'));
  const answering = serveChat(() => answer.source);
  const server = await webServer((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/chat')) return answering(request);
    const isScript = pathname === '/page.js';
    return new Response(
      isScript ? script : '<!doctype html><body><script type="module" src="/page.js"></script>',
      {
        headers: { 'content-type': isScript ? 'text/javascript' : 'text/html' },
      },
    );
  });
  return { answer, server, page: await openPage(server.url) };
}

const end = (answer: Producer<UIMessageChunk>): void => {
  answer.next({ type: 'text-end', id: 't' });
  answer.next({ type: 'finish' });
  answer.complete();
};

const shown = (page: Page, selector: string) => eventually(() => page.locator(selector).allTextContents());

const asked = ({ exchanges }: HttpServer, method: string) =>
  exchanges.filter(({ request }) => request.method === method && request.url?.startsWith('/chat'));

/** The requests of the chat whose answers have not ended. */
const open = ({ exchanges }: HttpServer): readonly string[] =>
  exchanges
    .filter(({ response }) => !response.writableFinished && !response.destroyed)
    .map(({ request }) => `${request.method} ${request.url}`);

describe('a page with useChat', { timeout: 60_000 }, () => {
  it('shows each part of an answer before the next is made', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    await shown(page, '#status').toEqual(['streaming']);
    answer.next(delta(' two'));
    await shown(page, '.assistant').toEqual(['One two']);
    end(answer);
    await shown(page, '#status').toEqual(['ready']);
    await shown(page, '.user').toEqual(['Hi']);
    expect(asked(server, 'POST')).toHaveLength(1);
    await eventually(() => open(server)).toEqual([]);
  });

  it('stops an answer by its button: on the server, where it is, and after a reload', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    expect(open(server)).toEqual(['POST /chat']);
    await page.click('#stop');
    await answer.observedBy(0);
    await shown(page, '#status').toEqual(['ready']);
    await shown(page, '.assistant').toEqual(['One']);
    await asked(server, 'POST')[0]!.disconnected;
    await page.reload();
    await eventually(() => asked(server, 'GET').map(({ response }) => response.statusCode)).toContain(204);
    await eventually(() => open(server)).toEqual([]);
    await shown(page, '#error').toEqual(['']);
    expect(answer.subscriptions()).toBe(1);
  });

  it('shows a running answer after a reload, from its start, and asks once', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    await page.reload();
    await asked(server, 'POST')[0]!.disconnected;
    await shown(page, '.assistant').toEqual(['One']);
    answer.next(delta(' two'));
    await shown(page, '.assistant').toEqual(['One two']);
    expect(open(server)).toEqual(['GET /chat/a%20chat/stream']);
    end(answer);
    await shown(page, '#status').toEqual(['ready']);
    expect(asked(server, 'POST')).toHaveLength(1);
    expect(answer.subscriptions()).toBe(1);
    await eventually(() => open(server)).toEqual([]);
  });

  it('stops an answer that another page has asked for', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    await page.reload();
    await shown(page, '#status').toEqual(['streaming']);
    await page.click('#stop');
    await answer.observedBy(0);
    await shown(page, '#status').toEqual(['ready']);
    await eventually(() => open(server)).toEqual([]);
  });

  it('shows the failure of an answer behind its parts, and none after a reload', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    answer.error(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    await shown(page, '#status').toEqual(['error']);
    await shown(page, '#error').toEqual(['An error occurred.']);
    await shown(page, '.assistant').toEqual(['One']);
    await eventually(() => open(server)).toEqual([]);
    await page.reload();
    await shown(page, '#status').toEqual(['ready']);
  });

  it('shows that its answer was cut, and goes on with it', async () => {
    const { page, answer, server } = await chat();
    await page.click('#send');
    await shown(page, '.assistant').toEqual(['One']);
    asked(server, 'POST')[0]!.response.destroy();
    await shown(page, '#error').toEqual(['network error']);
    await page.click('#resume');
    answer.next(delta(' two'));
    await shown(page, '.assistant').toEqual(['One two']);
    end(answer);
    await shown(page, '#status').toEqual(['ready']);
    expect(answer.subscriptions()).toBe(1);
  });
});
