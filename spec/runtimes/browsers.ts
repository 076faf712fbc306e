import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { chromium, firefox } from 'playwright';
import { Subject } from 'rxjs';
import { toAsyncIterable } from 'rxjs-http-streams';
import { chromiumFlags, installedChromium } from '../support/installedChromium';
import type { Runtime } from './runtimes';

/** Opens a page until it is told to stop. */
type Open = (program: string, url: string) => Promise<() => unknown>;

async function programOf(...commands: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', commands.join(' || ')]);
  return stdout.trim();
}

const openChromium: Open = async (executablePath, url) => {
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  await (await browser.newPage()).goto(url);
  return () => browser.close();
};

const openFirefox: Open = async (executablePath, url) => {
  // By WebDriver BiDi, as Debian's Firefox is not patched for Playwright.
  const browser = await firefox.launch({ executablePath, channel: 'moz-firefox' });
  await (await browser.newPage()).goto(url);
  return () => browser.close();
};

const DRIVER = 4_460;
const DISPLAY = ':98';

/** No library drives this one: two commands of WebDriver (W3C, section 8.1 and 10.1) are all it takes. */
const openWebKit: Open = async (binary, url) => {
  const display = spawn('Xvfb', [DISPLAY], { stdio: 'ignore' });
  const driver = spawn('WebKitWebDriver', [`--port=${DRIVER}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY, WEBKIT_DISABLE_DMABUF_RENDERER: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const stop = (): void => {
    driver.kill();
    display.kill();
  };
  const command = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const response = await fetch(`http://127.0.0.1:${DRIVER}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { value } = (await response.json()) as { value: Record<string, string> };
    if (!response.ok) throw new Error(`WebKitWebDriver: ${JSON.stringify(value)}`);
    return value;
  };
  const alwaysMatch = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  try {
    for (let turn = 0; ; turn++) {
      try {
        const { sessionId } = await command('/session', { capabilities: { alwaysMatch } });
        await command(`/session/${sessionId}/url`, { url });
        return async () => {
          await fetch(`http://127.0.0.1:${DRIVER}/session/${sessionId}`, { method: 'DELETE' });
          stop();
        };
      } catch (error) {
        if (turn === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } catch (error) {
    stop();
    throw error;
  }
};

/** They read ahead without regard to the page: only a server with more than fits the memory would see it. */
const READS_AHEAD = {
  'a slow reader: the server waits': 'reads ahead',
};

/** A browser whose page runs the cases of the readers and posts what it sees. */
const browser = (
  name: string,
  find: () => Promise<string>,
  open: Open,
  known: Runtime['known'] = {},
): Runtime => ({
  name,
  find,
  known,
  async *read(program, { bundle }, origin) {
    const script = await readFile(await bundle('page'));
    const seenSubject = new Subject<[string, string]>();
    const server = createServer((request, response) => {
      if (request.url === '/page.js') {
        response.setHeader('content-type', 'text/javascript').end(script);
      } else if (request.url === '/seen') {
        void text(request).then((body) => {
          const seen = JSON.parse(body) as [string, string] | [];
          if (seen.length > 0) seenSubject.next(seen as [string, string]);
          else seenSubject.complete();
          response.end();
        });
      } else {
        response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.js"></script>');
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const seen = toAsyncIterable(seenSubject)[Symbol.asyncIterator]();
    let next = seen.next();
    const close = await open(program, `http://127.0.0.1:${port}/?origin=${encodeURIComponent(origin)}`);
    try {
      for (let result = await next; !result.done; result = await next) {
        next = seen.next();
        yield result.value;
      }
    } finally {
      await close();
      server.closeAllConnections();
      server.close();
    }
  },
});

export const browsers: readonly Runtime[] = [
  browser(
    'Chromium',
    () => (installedChromium ? Promise.resolve(installedChromium) : Promise.reject(new Error('no Chromium'))),
    openChromium,
    READS_AHEAD,
  ),
  browser(
    'Firefox ESR',
    () => programOf('command -v firefox-esr', 'command -v firefox'),
    openFirefox,
    READS_AHEAD,
  ),
  browser('WebKitGTK', () => programOf('ls /usr/lib/*/webkit2gtk-4.*/MiniBrowser | head -1'), openWebKit, {
    ...READS_AHEAD,
    // Its network library takes a cut for an end: only what a format says itself tells them apart.
    'a chunked body that is cut: `StreamNetworkError`': '1 complete',
  }),
];
