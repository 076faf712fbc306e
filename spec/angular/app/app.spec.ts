import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { openPage } from '../../support/chromium';
import { eventually } from '../../end-to-end/eventually';

const origin = inject('angular');

interface Seen {
  method: string;
  path: string;
  authorization: string | null;
  lastEventId: string | null;
  status: number;
}

/** Requests that the server saw, and the number of streams that are open. */
const seen = async (): Promise<{ open: number; requests: Seen[] }> =>
  (await fetch(`${origin}/api/seen`)).json() as Promise<{ open: number; requests: Seen[] }>;

const open = async (): Promise<number> => (await seen()).open;

/** Returns a function that reads the requests which the server has seen since. */
async function watch(): Promise<() => Promise<Seen[]>> {
  const { length } = (await seen()).requests;
  return async () => (await seen()).requests.slice(length);
}

const post = (path: string): Promise<Response> => fetch(origin + path, { method: 'POST' });

const click = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();

const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).click();

const number = (page: Page, selector: string) => async (): Promise<number> =>
  Number((await page.locator(selector).textContent())?.replace(/\D/g, ''));

const text = (page: Page, selector: string) => (): Promise<string | null> =>
  page.locator(selector).last().textContent();

/** The prices, live. */
async function openPrices(): Promise<Page> {
  await eventually(open).toBe(0);
  const page = await openPage(`${origin}/`);
  await eventually(text(page, '.state')).toBe('open');
  return page;
}

/** Another page, come to by its link: what is clicked is alive. */
async function openByLink(name: string): Promise<Page> {
  const page = await openPrices();
  await follow(page, name);
  await page.locator('app-prices').waitFor({ state: 'detached' });
  return page;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Question').fill(question);
  await click(page, 'Ask');
}

describe('a page that the server renders', () => {
  const rendered = async (path: string): Promise<string> => (await fetch(origin + path)).text();

  it('has the first value of a resource, and leaves nothing open', async () => {
    const requests = await watch();

    expect(await rendered('/share?symbol=CORK')).toMatch(/<span[^>]*class="price"[^>]*>\d+\.\d\d</);

    expect((await requests()).map(({ path, status }) => [path, status])).toEqual([
      ['/api/prices/CORK', 401],
      ['/api/session', 200],
      ['/api/prices/CORK', 200],
    ]);
    await eventually(open).toBe(0);
  });

  it('does not wait for a stream that never says anything, nor keeps it', async () => {
    expect(await rendered('/share?symbol=MUTE')).toMatch(/<span[^>]*class="price"[^>]*>…</);

    await eventually(open).toBe(0);
  });

  it('does not ask for a stream that is kept for the browser', async () => {
    const requests = await watch();

    expect(await rendered('/')).toContain('connecting');

    expect(await requests()).toEqual([]);
  });
});

describe('a feed as a resource', () => {
  it('is shown as it comes, without a zone', async () => {
    const page = await openPrices();

    const before = await number(page, '.ticks')();
    await eventually(number(page, '.ticks')).toBeGreaterThan(before);
    await eventually(() => page.locator('.tile .price').allTextContents()).toEqual(
      Array(8).fill(expect.stringMatching(/^\d+\.\d\d$/)),
    );
    expect(await page.evaluate(() => 'Zone' in globalThis)).toBe(false);
  });

  it('is closed when its component is destroyed', async () => {
    const page = await openPrices();
    expect(await open()).toBe(1);

    await follow(page, 'Chat');

    await eventually(open).toBe(0);
  });

  it('is closed when the page is', async () => {
    const page = await openPrices();
    expect(await open()).toBe(1);

    await page.close();

    await eventually(open).toBe(0);
  });

  it('goes on after a cut where it was, with a fresh token where the old one has expired', async () => {
    const page = await openPrices();
    await eventually(number(page, '.ticks')).toBeGreaterThan(0);
    await click(page, 'Let tokens expire');
    await eventually(async () => (await seen()).requests.at(-1)?.path).toBe('/api/expire');
    const requests = await watch();

    await click(page, 'Cut the line');
    await eventually(number(page, '.connections')).toBe(2);

    const feed = (await requests()).filter(({ path }) => path !== '/api/cut');
    expect(feed).toEqual([
      expect.objectContaining({ path: '/api/prices', status: 401 }),
      expect.objectContaining({ path: '/api/session', status: 200 }),
      expect.objectContaining({ path: '/api/prices', status: 200 }),
    ]);
    const [refused, , accepted] = feed;
    expect(refused?.authorization).toMatch(/^Bearer token-/);
    expect(accepted?.authorization).not.toBe(refused?.authorization);
    expect(accepted?.lastEventId).toMatch(/^\d+$/);
    expect(accepted?.lastEventId).toBe(refused?.lastEventId);
    const before = await number(page, '.ticks')();
    await eventually(number(page, '.ticks')).toBeGreaterThan(before);
    expect(await number(page, '.missed')()).toBe(0);
  });
});

describe('a resource with parameters', () => {
  it('closes the stream of the parameters before', async () => {
    const page = await openByLink('Share');
    await follow(page, 'BOLT');
    await eventually(text(page, '.quote h2')).toBe('BOLT');
    await eventually(open).toBe(1);
    const requests = await watch();

    await follow(page, 'CORK');
    await eventually(text(page, '.quote h2')).toBe('CORK');
    await eventually(text(page, '.quote .price')).toMatch(/^\d/);

    expect((await requests()).map(({ path }) => path)).toEqual(['/api/prices/CORK']);
    await eventually(open).toBe(1);
  });

  it('shows that a stream says nothing, and recovers with the next parameters', async () => {
    const page = await openByLink('Share');

    await follow(page, 'MUTE');
    await eventually(text(page, '.quote .price')).toBe('no price yet');
    await follow(page, 'DUNE');

    await eventually(text(page, '.quote .price')).toMatch(/^\d/);
  });
});

describe('a chat', () => {
  it('shows an answer to its end', async () => {
    const page = await openByLink('Chat');

    await ask(page, 'What is a stream?');

    await eventually(text(page, '.answer .state')).toBe('finished');
    expect(await text(page, '.answer p')()).toMatch(/^An answer comes word by word/);
  });

  it('renews a stale token, asks once more, and stops the server at Stop', async () => {
    const page = await openByLink('Chat');
    await post('/api/expire');
    const requests = await watch();

    await ask(page, 'What is a stream?');
    await eventually(text(page, '.answer p')).toMatch(/^An answer/);
    expect(await open()).toBe(1);
    await click(page, 'Stop');

    await eventually(open).toBe(0);
    await eventually(text(page, '.answer .state')).toBe('stopped');
    const [refused, renewal, accepted, ...more] = await requests();
    expect([refused, renewal, accepted]).toEqual([
      expect.objectContaining({ method: 'POST', path: '/api/chat', status: 401 }),
      expect.objectContaining({ path: '/api/session', status: 200 }),
      expect.objectContaining({ method: 'POST', path: '/api/chat', status: 200 }),
    ]);
    expect(refused?.authorization).toMatch(/^Bearer token-/);
    expect(accepted?.authorization).not.toBe(refused?.authorization);
    expect(more).toEqual([]);
  });

  it('tells an answer that was cut off from one that has finished, and keeps what was said', async () => {
    const page = await openByLink('Chat');

    await ask(page, 'And a cut?');

    await eventually(text(page, '.answer .state')).toBe('cut off');
    expect(await text(page, '.answer p')()).toMatch(/^An answer comes/);
  });
});

/** Counts the changes of an element, and the frames from the next click to the last change. It runs in the page. */
function countChanges(selector: string): { changes: number; frames: number } {
  const counted = { changes: 0, frames: 0 };
  let frames = 0;
  const count = (): void => {
    frames++;
    requestAnimationFrame(count);
  };
  document.addEventListener('click', count, { capture: true, once: true });
  new MutationObserver(() => {
    counted.changes++;
    counted.frames = frames;
  }).observe(document.querySelector(selector)!, { characterData: true, subtree: true });
  return counted;
}

describe('20 000 events', () => {
  const renderings = async (button: string): Promise<number> => {
    const page = await openByLink('Flood');
    const count = number(page, '[appRenders]');
    const before = await count();
    await click(page, button);
    await eventually(text(page, '.state')).toBe('done');
    expect(await number(page, '.events')()).toBe(20_000);
    return (await count()) - before;
  };

  it('are rendered a few hundred times at most when each sets a signal', async () => {
    const count = await renderings('Set each');

    console.info(`20 000 events through toSignal: ${count} renderings`);
    expect(count).toBeLessThanOrEqual(300);
  });

  it('are rendered less than fifty times with auditTime(0, animationFrameScheduler)', async () => {
    const count = await renderings('Once a frame');

    console.info(`20 000 events through toSignal, once a frame: ${count} renderings`);
    expect(count).toBeLessThan(50);
  });

  it('are shown once a frame at most by a resource', async () => {
    const page = await openByLink('Flood');
    // Many small tasks in each frame.
    await page.route('**/api/flood?*', (route) =>
      route.continue({ url: `${route.request().url()}&size=20` }),
    );
    const counted = await page.evaluateHandle(countChanges, '.events');

    await click(page, 'As a resource');
    await eventually(text(page, '.state')).toBe('done');

    expect(await number(page, '.events')()).toBe(20_000);
    const { changes, frames } = await counted.jsonValue();
    console.info(`20 000 events through a resource: ${changes} changes in ${frames} frames`);
    expect(changes).toBeGreaterThan(0);
    expect(changes).toBeLessThanOrEqual(frames);
  });
});
