// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { build } from 'esbuild';
import express from 'express';
import * as hono from 'hono';
import type { Type } from '@angular/core';
import { NEVER, concat, of } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { application } from '../angular/application';
import { eventually } from '../end-to-end/eventually';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { opened } from '../support/recipes';
import { record } from '../support/recording';
import { root } from '../support/root';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { blocks } from './blocks';
import { evaluate } from './evaluate';
import { snippets } from './snippet';

forbidUnhandledRejections();

const page = 'docs/start/first-stream.md';

it('is complete: each file imports what it uses', () => {
  const files = [...snippets.values()].filter(({ file }) => file === page);
  expect(files.length).toBeGreaterThan(0);
  // The text in front of the code has the imports that are missing, and nothing else.
  expect(files.filter(({ offset }) => offset > 1).map(({ title }) => title)).toEqual([]);
});

describe('the servers', () => {
  /** Makes a server that a sample of the page may start: it listens on a port of the system's choice. */
  const listening = (listener?: RequestListener): { listen: () => Server } => ({
    listen: () => createServer(listener),
  });
  const serverOf = async (title: string, modules: Readonly<Record<string, object>>): Promise<Server> =>
    (await evaluate<{ default: Server }>(title, {}, { modules })).default;

  const servers: Readonly<Record<string, () => Promise<Server>>> = {
    Node: () =>
      serverOf('Serve the stream, Node', {
        'node:http': { createServer: listening },
        'rxjs-http-streams/node': node,
      }),
    Express: () =>
      serverOf('Serve the stream, Express', {
        express: {
          default: () => {
            const app = express();
            return Object.assign(app, listening(app));
          },
        },
        'rxjs-http-streams/node': node,
      }),
    Hono: () =>
      serverOf('Serve the stream, Hono', {
        hono,
        'node:http': { createServer: listening },
        'rxjs-http-streams/node': node,
      }),
    'Bun, Deno': async () => {
      interface Fetching {
        readonly fetch: (request: Request) => Response;
      }
      const { default: served } = await evaluate<{ default: Fetching }>('Serve the stream, Bun, Deno');
      return createServer(node.nodeHandler((request) => served.fetch(request)));
    },
  };

  it('are all there are on the page', () => {
    const tabs = [...snippets.keys()].filter((title) => title.startsWith('Serve the stream, '));
    expect(tabs).toEqual(Object.keys(servers).map((name) => `Serve the stream, ${name}`));
  });

  it.each(Object.entries(servers))('count on after the last number: %s', async (_, serve) => {
    const { origin, fetch } = await opened(await serve());
    const recording = record(fromEventSource(`${origin}/?lastEventId=41`, { fetch }));
    onTestFinished(() => {
      recording.subscription.unsubscribe();
    });
    await recording.received(1);
    expect(recording.values).toEqual([{ type: 'message', data: '{"n":42}', id: '42' }]);
    const head = await fetch(`${origin}/`, { method: 'HEAD' });
    expect(head.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('the readers', () => {
  /** Serves one number and stays open, with what a page has beside it. */
  const numbers = (...pages: string[]): ReturnType<typeof webServer> =>
    webServer((request) => {
      if (new URL(request.url).pathname === '/page')
        return new Response(pages[0], { headers: { 'content-type': 'text/html' } });
      return toSseResponse(concat(of({ id: '7', data: { n: 7 } }), NEVER), { request });
    });

  it('prints in Node what comes, and the end', async () => {
    const { url } = await webServer((request) => toSseResponse(of({ id: '7', data: { n: 7 } }), { request }));
    const printed: unknown[][] = [];
    const print = (...words: unknown[]): void => {
      printed.push(words);
    };
    await evaluate('Read the stream, Node', { console: { log: print, error: print } }, { server: url });
    await eventually(() => printed).toEqual([['7', '{"n":7}'], ['The server said that this was all.']]);
  });

  it('shows the number in Angular, and why there is none any more', async () => {
    interface Shown {
      readonly shown: () => unknown;
    }
    const appOn = async (server: string): Promise<Shown> => {
      const { App } = await evaluate<{ App: Type<Shown> }>('Read the stream, Angular', {}, { server });
      const { injector } = await application(App);
      return injector.get(App);
    };
    const { url } = await numbers();
    const app = await appOn(url);
    expect(app.shown()).toBe('…');
    await eventually(app.shown).toBe(7);

    const refusing = await webServer(() => new Response('gone', { status: 410 }));
    await eventually((await appOn(refusing.url)).shown).toMatch('The feed has failed for good: ');
  });

  it.skipIf(!installedChromium)(
    'shows the number in a page',
    async () => {
      const { code = '' } = blocks.find(({ title }) => title === 'Read the stream, Browser') ?? {};
      const [script, module = ''] = /<script type="module">(.*)<\/script>/s.exec(code) ?? [''];
      const { outputFiles } = await build({
        stdin: { contents: module.replace('http://localhost:3000', '/'), loader: 'js', resolveDir: root },
        alias: { 'rxjs-http-streams': `${root}src/index.ts` },
        bundle: true,
        format: 'esm',
        write: false,
      });
      const { url } = await numbers(
        code.replace(script, () => `<script type="module">${outputFiles[0]!.text}</script>`),
      );
      const shown = await openPage(`${url}page`);
      await eventually(() => shown.textContent('h1')).toBe('7');
    },
    60_000,
  );
});
