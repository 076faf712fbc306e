import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type axe from 'axe-core';
import { build } from 'esbuild';
import { NEVER, Subject, concat, firstValueFrom, interval, of, shareReplay } from 'rxjs';
import type { Locator, Page } from 'playwright';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Trace } from '../../examples/demo/dashboard/page/trace';
import { pageOf } from '../../examples/demo/dashboard/server/pageOf';
import { serveDashboard } from '../../examples/demo/dashboard/server/serveDashboard';
import type { DashboardConfig } from '../../examples/demo/dashboard/server/serveDashboard';
import { siteOf } from '../../examples/demo/dashboard/server/site';
import { visitors } from '../../examples/demo/dashboard/server/visitors';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { root } from '../support/root';
import { stoppable } from './beats';
import { eventually } from './eventually';

// A browser for each test, and each of its looks at the page is patient.
vi.setConfig({ testTimeout: 60_000 });

const DASHBOARD = 'examples/demo/dashboard';

/** Says a word, and then thinks. */
const hesitant: DashboardConfig['model'] = () => concat(of('one'), NEVER);

interface Dashboard {
  page: Page;
  button: (name: string) => Locator;
  /** Returns a function that reads the text of a part of the page, by its id. */
  text: (id: string) => () => Promise<string | null>;
  /** The same for a number. */
  number: (id: string) => () => Promise<number>;
}

interface Visit {
  /** Whether the page has never been here. It asks by itself then, and not after a Stop. */
  first?: boolean;
  /** Returns the address that leads to the server. */
  via?: (origin: string) => Promise<string>;
}

/** The page of a dashboard, which must not complain of anything but a network that was cut on purpose. */
async function open(config: DashboardConfig, { first = false, via }: Visit = {}): Promise<Dashboard> {
  const origin$ = serveDashboard({ beat$: NEVER, ...config }).pipe(
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const serving = origin$.subscribe();
  const complaints: string[] = [];
  onTestFinished(() => {
    serving.unsubscribe();
    expect(complaints).toEqual([]);
  });
  const origin = await firstValueFrom(origin$);
  const page = await openPage(via ? await via(origin) : origin, (opened) => {
    opened.on('console', (message) => {
      const isCut = (via ?? message.location().url.endsWith('/feed')) && message.text().includes('net::ERR_');
      if (['error', 'warning'].includes(message.type()) && !isCut) complaints.push(message.text());
    });
    if (!first)
      void opened.addInitScript(() => {
        sessionStorage.question ??= 'null';
      });
  });
  return dashboardOn(page);
}

function dashboardOn(page: Page): Dashboard {
  const text = (id: string) => () => page.locator(`#${id}`).textContent();
  return {
    page,
    text,
    number: (id) => async () => Number((await text(id)())?.replaceAll(',', '')),
    button: (name) => page.getByRole('button', { name, exact: true }),
  };
}

/** Counts the pixels of the chart that have a colour of the style sheet. */
const drawnIn = (page: Page, colour: string): Promise<number> =>
  page.evaluate((name) => {
    const shown = document.querySelector('canvas')!;
    const { width, height } = shown;
    // A copy: Chromium warns of reading from one that is meant to be drawn on.
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    canvas.drawImage(shown, 0, 0);
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const wanted = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
    probe.remove();
    const { data } = canvas.getImageData(0, 0, width, height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (wanted.every((channel, index) => data[at + index] === channel)) count++;
    }
    return count;
  }, colour);

/** Another visitor of the same dashboard. */
async function anotherVisitorOf({ page }: Dashboard): Promise<Dashboard> {
  const context = await page.context().browser()!.newContext();
  const other = await context.newPage();
  await other.addInitScript(() => {
    sessionStorage.question ??= 'null';
  });
  await other.goto(page.url());
  return dashboardOn(other);
}

describe.skipIf(!installedChromium)('the dashboard', () => {
  it('starts by itself, without a click', async () => {
    const { text, number } = await open({ model: hesitant, beat$: interval(20) }, { first: true });

    await eventually(text('answer')).toBe('one');
    await eventually(number('points')).toBeGreaterThan(0);
    expect(await text('answer-state')()).toBe('answering');
    expect(await text('feed-state')()).toBe('open');
  });

  it('counts for each visitor alone', async () => {
    const one = await open({ model: hesitant, rows: 1_000 });
    const other = await anotherVisitorOf(one);
    await one.button('Ask').click();
    await one.button('Load').click();
    await eventually(one.text('billed')).toBe('1');
    await eventually(one.text('made')).toBe('1,000');

    await other.button('Ask').click();
    await eventually(other.text('answering')).toBe('1');
    await other.button('Load').click();
    await eventually(other.text('made')).toBe('1,000');

    expect(await other.text('questions-count')()).toBe('1');
    expect(await other.text('billed')()).toBe('1');
    await one.button('Ask').click();
    await eventually(one.text('billed')).toBe('2');
    expect(await other.text('billed')()).toBe('1');
    expect(await other.text('answering')()).toBe('1');
  });

  it('cuts for each visitor alone', async () => {
    const beat$ = new Subject<void>();
    const one = await open({ model: hesitant, beat$, outage: 1, retry: 3_000 });
    const other = await anotherVisitorOf(one);
    for (const { button, text } of [one, other]) {
      await eventually(text('feed-state')).toBe('open');
      await button('Ask').click();
      await eventually(text('answer')).toBe('one');
    }

    await one.button('Cut the answer').click();
    await one.button('Cut the network').click();
    await eventually(one.text('answer-state')).toBe('cut off before [DONE]');
    await eventually(one.text('feed-state')).toBe('reconnecting');
    beat$.next();

    await eventually(other.text('points')).toBe('1');
    expect(await other.text('feed-state')()).toBe('open');
    expect(await other.text('answer-state')()).toBe('answering');
  });

  it('says that the server does not answer, until it does again', async () => {
    const way = await closable();
    const { page, text, number } = await open({ beat$: interval(20), retry: 100 }, { via: way.to });
    await eventually(number('points')).toBeGreaterThan(0);
    expect(await page.locator('#server').isVisible()).toBe(false);

    way.close();
    await eventually(text('server-gone')).toMatch(/^The server does not answer/);
    expect(await page.locator('#server').isVisible()).toBe(true);
    await eventually(() => page.locator('#gone').textContent()).toMatch(/^No connection/);
    await way.open();

    await eventually(() => page.locator('#server').isVisible()).toBe(false);
    await eventually(text('feed-state')).toBe('open');
    await eventually(() => page.locator('#gone').isVisible()).toBe(false);
  });

  it('shows the very code that runs, of the page and of the server', async () => {
    const { page } = await open({});
    const shown = await page
      .locator('code[data-source]')
      .evaluateAll((parts) => parts.map((part) => [part.dataset.source ?? '', part.textContent] as const));
    expect(shown).toHaveLength(6);

    const { inputs } = (
      await build({
        absWorkingDir: root,
        entryPoints: [`${DASHBOARD}/page/page.ts`, `${DASHBOARD}/server/serveDashboard.ts`],
        bundle: true,
        platform: 'node',
        outdir: 'nowhere',
        packages: 'external',
        metafile: true,
        write: false,
      })
    ).metafile;
    for (const [source, code] of shown) {
      expect(code).toBe(await readFile(join(root, 'examples', source), 'utf8'));
      expect(Object.keys(inputs)).toContain(`examples/${source}`);
    }
  });

  it('leads from each panel to pages that are there', async () => {
    const { page } = await open({});
    for (const panel of ['.chat', '.feed', '.table']) {
      const links = await page
        .locator(`${panel} .more a`)
        .evaluateAll((parts) => parts.map((part) => (part as HTMLAnchorElement).href));
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) {
        const response = await fetch(link);
        expect(response.status, link).toBe(200);
        expect(await response.text(), link).toMatch(/^# /m);
      }
    }
    expect((await fetch(new URL('/docs/../package.json', page.url()))).status).toBe(404);
    expect((await fetch(new URL('/docs/%2e%2e/README.md', page.url()))).status).toBe(404);
  });

  describe.each([
    ['a desktop', 1280],
    ['a phone', 390],
  ])('on %s', (_, width) => {
    it.each(['light', 'dark'] as const)('has nothing that axe-core complains of, %s', async (colorScheme) => {
      const { page, button, text, number } = await open(
        { model: hesitant, beat$: interval(20), outage: 60_000 },
        { first: true },
      );
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 850 });
      await page.evaluate(() => {
        for (const code of document.querySelectorAll('details')) code.open = true;
      });
      await eventually(text('answer')).toBe('one');
      await eventually(number('points')).toBeGreaterThan(0);
      expect(await complaintsOf(page)).toEqual([]);

      await button('Load').click();
      await eventually(number('rows')).toBeGreaterThan(0);
      await button('Cut the network').click();
      await eventually(text('feed-state')).toBe('reconnecting');
      await button('Cut the answer').click();
      await eventually(text('answer-state')).toBe('cut off before [DONE]');
      await button('Cancel').click();
      await page.locator('#server').evaluate((banner) => {
        (banner as HTMLElement).hidden = false;
        banner.textContent = 'The server does not answer.';
      });
      expect(await complaintsOf(page)).toEqual([]);
    });

    it('needs no scrolling sideways', async () => {
      const { page } = await open({});
      await page.setViewportSize({ width, height: 850 });
      await page.evaluate(() => {
        for (const code of document.querySelectorAll('details')) code.open = true;
      });

      const wider = (): Promise<string[]> =>
        page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('main, section, pre, .controls')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        );
      // The chart takes its new width after a frame.
      await eventually(wider).toEqual([]);
    });
  });
});

/** The rules that a page breaks, each with the elements that do. */
async function complaintsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

interface ClosableWay {
  /** Leads to a server. */
  to: (origin: string) => Promise<string>;
  open: () => Promise<void>;
  close: () => void;
}

/** A way to a server that can be closed and opened again, at the same address. */
async function closable(): Promise<ClosableWay> {
  const sockets = new Set<Socket>();
  let target = 0;
  const way = createServer((client) => {
    const server = connect(target, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.pipe(server).pipe(client);
  });
  const listening = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      way.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  const close = (): void => {
    way.close();
    for (const socket of sockets) socket.destroy();
  };
  await listening(0);
  const { port } = way.address() as AddressInfo;
  onTestFinished(close);
  return {
    to: (origin) => {
      target = Number(new URL(origin).port);
      return Promise.resolve(`http://127.0.0.1:${port}`);
    },
    open: () => listening(port),
    close,
  };
}

describe('the links of the dashboard', () => {
  it('lead to the site where there is one', async () => {
    const html = await pageOf(new URL('https://example.com/streams/'));
    expect(html).toContain('href="https://example.com/streams/read/chat"');
    expect(html).not.toContain('href="docs/');
  });

  it.each([
    ['https://example.com', 'https://example.com/'],
    ['https://example.com/streams', 'https://example.com/streams/'],
    ['https://github.com/owner/streams#readme', undefined],
    ['', undefined],
  ])('take %j for the site %j', (address, site) => {
    expect(siteOf(address)?.href).toBe(site);
  });
});

describe('the visitors of the dashboard', () => {
  const visitor = (): Parameters<typeof visitors>[0] extends () => infer V ? V : never => ({
    feed: () => undefined,
    handler: () => new Response(),
  });

  it('are told apart by a cookie, which a browser keeps', () => {
    const known = visitors(visitor);
    const cookie = known.cookie(null);
    const other = known.cookie(null);

    expect(known.of(cookie)).toBe(known.of(`a=b; ${cookie}`));
    expect(known.of(other)).not.toBe(known.of(cookie));
    expect(known.cookie(cookie)).toBe(cookie);
  });

  it.each([null, undefined, '', 'visitor=x', 'a=b'])('are nobody known with %j', (cookies) => {
    const known = visitors(visitor);

    expect(known.of(cookies)).not.toBe(known.of(cookies));
  });

  it('are forgotten when a thousand others have been here since', () => {
    const known = visitors(visitor);
    const cookie = known.cookie(null);
    const before = known.of(cookie);
    for (let n = 0; n < 999; n++) known.of(known.cookie(null));
    expect(known.of(cookie)).toBe(before);

    for (let n = 0; n < 1_000; n++) known.of(known.cookie(null));
    expect(known.of(cookie)).not.toBe(before);
  });
});

describe.skipIf(!installedChromium)('the chat of the dashboard', () => {
  it('shows the words as they come, and the end when it has come', async () => {
    const rest$ = new Subject<string>();
    const { button, text } = await open({ model: () => concat(of('Voilà'), rest$) });

    await button('Ask').click();
    await eventually(text('answer')).toBe('Voilà');
    expect(await text('answer-state')()).toBe('answering');
    rest$.next(' ✓');
    await eventually(text('answer')).toBe('Voilà ✓');
    rest$.complete();

    await eventually(text('answer-state')).toBe('finished');
  });

  it('stops the model at Stop, and keeps what it had said', async () => {
    const { source$, stopped$ } = stoppable(concat(of('one'), NEVER));
    const { button, text } = await open({ model: () => source$ });

    await button('Ask').click();
    await eventually(text('answer')).toBe('one');
    await eventually(text('answering')).toBe('1');
    await button('Stop').click();

    await firstValueFrom(stopped$);
    expect(await text('answer-state')()).toBe('stopped');
    expect(await text('answer')()).toBe('one');
    await eventually(text('answering')).toBe('0');
  });

  it('calls an answer cut off that ends politely but without [DONE]', async () => {
    const { button, text } = await open({ model: hesitant });

    await button('Ask').click();
    await eventually(text('answer')).toBe('one');
    await button('Cut the answer').click();

    await eventually(text('answer-state')).toBe('cut off before [DONE]');
    expect(await text('answer')()).toBe('one');
  });

  it('goes on when the page is reloaded in the middle of an answer, and bills nothing more', async () => {
    const rest$ = new Subject<string>();
    const { page, button, text } = await open({ model: () => concat(of('one'), rest$) });
    await page.locator('#question').fill('What?');
    await button('Ask').click();
    await eventually(text('answer')).toBe('one');

    const reloaded = page.reload();
    rest$.next(' two');
    await reloaded;
    await eventually(text('answer')).toBe('one two');
    expect(await text('answer-state')()).toBe('answering');
    expect(await page.locator('#question').inputValue()).toBe('What?');
    await eventually(text('answering')).toBe('1');
    rest$.next(' three');
    rest$.complete();

    await eventually(text('answer-state')).toBe('finished');
    expect(await text('answer')()).toBe('one two three');
    await page.reload();
    await eventually(text('answer-state')).toBe('finished');
    expect(await text('answer')()).toBe('one two three');
    await eventually(text('questions-count')).toBe('3');
    expect(await text('billed')()).toBe('1');
  });

  it('stops the model at Stop after a reload', async () => {
    const { source$, stopped$ } = stoppable(concat(of('one'), NEVER));
    const { page, button, text } = await open({ model: () => source$ });
    await button('Ask').click();
    await eventually(text('answer')).toBe('one');
    await page.reload();
    await eventually(text('answer')).toBe('one');

    await button('Stop').click();

    await firstValueFrom(stopped$);
    await eventually(text('answering')).toBe('0');
    await page.reload();
    await eventually(text('answer-state')).toBe('ask something');
  });

  it('stops the answer of before when something else is asked', async () => {
    const { source$, stopped$ } = stoppable(concat(of('one'), NEVER));
    const models = [source$, of('two')];
    const { button, text } = await open({ model: () => models.shift()! });
    await button('Ask').click();
    await eventually(text('answer')).toBe('one');

    await button('Ask').click();

    await firstValueFrom(stopped$);
    await eventually(text('answer-state')).toBe('finished');
    expect(await text('answer')()).toBe('two');
  });

  it('bills a retry not a second time, and another question again', async () => {
    const rest$ = new Subject<string>();
    const { button, text } = await open({ model: () => concat(of('one'), rest$) });
    await button('Ask').click();
    await eventually(text('answer')).toBe('one');
    await button('Cut the answer').click();
    await eventually(text('answer-state')).toBe('cut off before [DONE]');
    rest$.next(' two');
    await button('Retry').click();
    await eventually(text('answer')).toBe('one two');
    rest$.complete();

    await eventually(text('answer-state')).toBe('finished');
    expect(await text('answer')()).toBe('one two');
    await eventually(text('questions-count')).toBe('2');
    await eventually(text('words')).toBe('2');
    expect(await text('billed')()).toBe('1');

    await button('Ask').click();
    await eventually(text('billed')).toBe('2');
  });

  it('is used by keyboard alone, and never loses the focus', async () => {
    const { page, text } = await open({ model: hesitant });
    const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id);

    const outline = (id: string): Promise<string> =>
      page.locator(`#${id}`).evaluate((part) => getComputedStyle(part).outlineStyle);

    await page.keyboard.press('Tab');
    expect(await focused()).toBe('question');
    await page.keyboard.type('Hi?');
    await page.keyboard.press('Enter');
    await eventually(text('answer')).toBe('one');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('stop');
    await page.keyboard.press('Enter');

    await eventually(text('answer-state')).toBe('stopped');
    expect(await focused()).toBe('ask');
    expect(await outline('ask')).toBe('solid');
  });
});

describe.skipIf(!installedChromium)('the feed of the dashboard', () => {
  it('counts down after a cut, and then shows what it has missed: nothing lost, nothing doubled', async () => {
    const beat$ = new Subject<void>();
    const { button, text } = await open({ beat$, outage: 1, retry: 3_000 });
    await eventually(text('feed-state')).toBe('open');
    for (let n = 0; n < 3; n++) beat$.next();
    await eventually(text('points')).toBe('3');

    await button('Cut the network').click();
    await eventually(text('feed-state')).toBe('reconnecting');
    await eventually(text('countdown')).toMatch(/^in [0-2]\.\d s$/);
    expect(await text('gone')()).toMatch(/^No connection, next attempt in /);
    for (let n = 0; n < 4; n++) beat$.next();
    await eventually(text('feed-state')).toBe('open');
    await eventually(text('points')).toBe('7');
    beat$.next();

    await eventually(text('points')).toBe('8');
    expect(await text('returned')()).toMatch(/^back after \d+\.\d s: 4 resent$/);
    expect(await text('replayed')()).toBe('4');
    expect(await text('lost')()).toBe('0');
    expect(await text('doubled')()).toBe('0');
  });

  it('tries again while the network is down, and draws what was resent in a colour of its own', async () => {
    const { page, button, text, number } = await open({ beat$: interval(20), outage: 1_000, retry: 300 });
    await eventually(number('points')).toBeGreaterThan(20);
    expect(await drawnIn(page, '--replayed')).toBe(0);

    await button('Cut the network').click();
    await eventually(text('network')).toBe('the network is down');
    await eventually(text('feed-state')).toBe('open');

    await eventually(number('replayed')).toBeGreaterThan(0);
    await eventually(() => drawnIn(page, '--replayed')).toBeGreaterThan(0);
    await eventually(text('network')).toBe('');
    expect(await text('lost')()).toBe('0');
    expect(await text('doubled')()).toBe('0');
  });

  it('hangs up while its switch is on, and resumes when it is off', async () => {
    const beat$ = new Subject<void>();
    const { page, text } = await open({ beat$, retry: 100 });
    await eventually(text('feed-state')).toBe('open');
    beat$.next();
    await eventually(text('points')).toBe('1');

    await page.getByRole('switch', { name: 'Pause' }).press('Space');
    await eventually(text('feed-state')).toBe('paused');
    beat$.next();
    beat$.next();
    await page.getByRole('switch', { name: 'Pause' }).press('Space');

    await eventually(text('points')).toBe('3');
    expect(await text('replayed')()).toBe('2');
    expect(await text('feed-state')()).toBe('open');
  });

  it('disconnects while the page is hidden', async () => {
    const { page, text } = await open({});
    const look = (visibility: string): Promise<void> =>
      page.evaluate((state) => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await eventually(text('feed-state')).toBe('open');

    await look('hidden');
    await eventually(text('feed-state')).toBe('paused');
    await look('visible');

    await eventually(text('feed-state')).toBe('open');
  });
});

describe.skipIf(!installedChromium)('the table of the dashboard', () => {
  it('shows how far it is, and when all rows have come', async () => {
    const { page, button, text } = await open({ rows: 1_000 });

    await button('Load').click();

    await eventually(text('table-state')).toBe('all rows came');
    expect(await text('rows')()).toBe('1,000');
    expect(await text('bytes')()).toBe('0.8 MB of 0.8 MB');
    await eventually(text('made')).toBe('1,000');
    expect(await page.locator('#loaded').evaluate((bar) => (bar as HTMLProgressElement).position)).toBe(1);
    expect(await page.locator('#days tr').first().textContent()).toMatch(/^100999/);
  });

  it('holds the server back while it is paused, and goes on after it', async () => {
    const { page, button, text, number } = await open({});
    await button('Load').click();
    await eventually(number('rows')).toBeGreaterThan(0);

    const pause = button('Pause');
    await pause.press('Space');
    await eventually(text('table-state')).toBe('paused');
    expect(await pause.getAttribute('aria-pressed')).toBe('true');
    const shown = await number('rows')();
    // The buffers in between fill up first.
    await eventually(text('server-state')).toBe('stands still');

    const made = await number('made')();
    expect(made).toBeLessThan(400_000);
    expect(await number('rows')()).toBe(shown);
    await pause.press('Space');
    await eventually(number('rows')).toBeGreaterThan(shown);
    await page.close();
  });

  it('ends the response at Cancel', async () => {
    const { button, text, number } = await open({});
    await button('Load').click();
    await eventually(number('rows')).toBeGreaterThan(0);

    await button('Cancel').click();

    await eventually(text('table-state')).toBe('cancelled');
    expect(await number('rows')()).toBeLessThan(400_000);
  });
});

describe('what the chart is made of', () => {
  const point = (n: number): Parameters<Trace['add']>[0] => ({ n, at: Date.now(), megabytes: n });

  it('counts a point that never came as lost, and one that came twice as doubled', () => {
    const trace = new Trace(30);
    for (const n of [5, 6, 9, 9, 8, 10]) trace.add(point(n));

    expect(trace.counted).toEqual({ points: 4, replayed: 0, lost: 2, doubled: 2 });
  });

  it('joins the line of what was resent to the line on both of its sides', () => {
    const trace = new Trace(30);
    trace.join({ newest: 0, at: Date.now() });
    trace.add(point(1));
    trace.leave();
    trace.join({ newest: 3, at: Date.now() });
    for (const n of [2, 3, 4, 5]) trace.add(point(n));

    expect(trace.live).toEqual([1, null, null, 4, 5]);
    expect(trace.replayed).toEqual([1, 2, 3, 4, null]);
    expect(trace.absences).toEqual([
      { from: expect.any(Number) as number, to: expect.any(Number) as number },
    ]);
  });
});

interface Demo {
  /** The first line of its output. */
  line: string;
  interrupt: () => Promise<unknown>;
}

/** The demo with these arguments; it is interrupted at the end of the test at the latest. */
async function demo(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Demo> {
  const running = spawn(process.execPath, ['--import=tsx', 'examples/demo/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, CI: undefined, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    running.kill();
  });
  const exited = new Promise((resolve) => running.once('exit', resolve));
  const line = await new Promise<string>((resolve) =>
    running.stdout.setEncoding('utf8').once('data', resolve),
  );
  return {
    line,
    interrupt: () => {
      running.kill('SIGINT');
      return exited;
    },
  };
}

describe('the page of npm run demo', () => {
  it.each([{ args: [] }, { args: ['--page'] }])(
    'is at the address that is printed first, with $args',
    async ({ args }) => {
      const { line } = await demo(args);
      const origin = /^page: (http:\S+)/.exec(line)?.[1] ?? '';

      const answers = await Promise.all(
        ['/', '/page.js', '/dashboard.css'].map((path) => fetch(origin + path)),
      );

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    },
  );

  it('stays until Ctrl-C with --page', async () => {
    const { interrupt } = await demo(['--page']);

    expect(await interrupt()).toBe(130);
  });

  it.each([
    { args: ['--no-browser'], env: {} },
    { args: [], env: { CI: 'true' } },
  ])('is left out with $args and $env', async ({ args, env }) => {
    const { line } = await demo(args, env);

    expect(line).not.toContain('page');
  });
});
