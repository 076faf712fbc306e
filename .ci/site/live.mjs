import assert from 'node:assert/strict';
import { errorsOf } from './browser.mjs';

const LIMIT = 15_000;
/** More controls than a page has, its sidebar included. */
const MOST_TABS = 500;

/** Waits until a text of the page is as expected. The page runs in real time, so the text is polled. */
const until = (page, selector, expected) =>
  page.waitForFunction(
    ([place, source]) => new RegExp(source).test(document.querySelector(place)?.textContent ?? ''),
    [selector, expected.source],
    { timeout: LIMIT },
  );

const count = async (page, name) => Number(await page.locator(`[data-count="${name}"]`).textContent());
const counted = (page, name, least) =>
  page.waitForFunction(
    ([place, n]) => Number(document.querySelector(place)?.textContent) >= n,
    [`[data-count="${name}"]`, least],
    { timeout: LIMIT },
  );

/** Presses a button by the keyboard alone: the button is focused by Tab, from where the focus is. */
async function press(page, name) {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    const focused = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim(),
    );
    if (focused === name) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`no button '${name}' is reached by Tab`);
}

const STATUS = '.live-status';

async function marbles(page) {
  await until(
    page,
    STATUS,
    /^\s*2 requests\. Messages: a at 1 ms, b at 3 ms, c at 3\.006 s, d at 3\.008 s\./,
  );
  const body = page.getByLabel('Body').first();
  await body.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('-x|y');
  assert.equal(await body.getAttribute('aria-invalid'), 'true');
  await until(page, '.live-complaint', /nothing can follow '\|', the end of the body, but 'y' does/);
  assert.equal(await page.locator('.live-complaint').getAttribute('role'), 'alert');
  await page.keyboard.press('Backspace');
  await until(page, STATUS, /Messages: x at 1 ms, c at 3\.003 s/);
  assert.equal(await page.locator('.live-complaint').count(), 0);
  assert.match(
    await page.locator('#live-marbles-words').textContent(),
    /^server 1: x at 1 ms, completes at 2 ms\./,
  );

  await press(page, 'Add a connection');
  await until(page, STATUS, /The client never opens connection 3/);
  await page.getByLabel('Example').focus();
  await page.keyboard.press('End');
  await until(page, STATUS, /errors with HttpStatusError/);
  await page.locator('.live summary').focus();
  await page.keyboard.press('Enter');
  await until(page, '.live-code', /toBe\('-a-b 3001ms #', undefined, expect\.objectContaining/);
}

async function resume(page) {
  await counted(page, 'received', 3);
  // The text stands for a second, which may be over on a busy machine before a wait begins behind the press.
  const disconnected = until(page, STATUS, /^Disconnected\. The reader connects again in 1\.0 s\.$/);
  await Promise.all([disconnected, press(page, 'Cut the connection')]);
  await until(page, STATUS, /^Connected\.$/);
  const second = page.locator('.live tbody tr').nth(1).locator('td').nth(1);
  assert.match(await second.textContent(), /-\d+$/, 'the second request has a Last-Event-ID');

  await press(page, 'Network off');
  const before = await count(page, 'received');
  await counted(page, 'made', (await count(page, 'made')) + 5);
  assert.equal(await count(page, 'received'), before, 'nothing arrives without a network');
  await press(page, 'Network off');
  await counted(page, 'received', before + 5);
  assert.equal(await count(page, 'lost'), 0);
  assert.equal(await count(page, 'doubled'), 0);

  await press(page, 'Stop the reader');
  await until(page, STATUS, /^Stopped\./);
  const stopped = await count(page, 'received');
  await counted(page, 'made', (await count(page, 'made')) + 2);
  assert.equal(await count(page, 'received'), stopped, 'nothing arrives after an unsubscribe');
  await press(page, 'Start a new reader');
  await counted(page, 'received', 2);
}

async function backPressure(page) {
  await counted(page, 'done', 5);
  const waiting = await count(page, 'waiting');
  assert.ok(waiting <= 5, `the server waits for the consumer, but ${waiting} rows wait`);
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await counted(page, 'waiting', 50);
  await press(page, 'Stop');
  await until(page, STATUS, /^Stopped\./);
  const made = await count(page, 'made');
  await press(page, 'Start');
  await counted(page, 'done', 1);
  await page.keyboard.press('Tab');
  await press(page, 'Stop');
  assert.ok(made > 50);
}

/** Uses the live pages as a visitor with a keyboard does. */
export async function driveLivePages(browser, origin) {
  for (const [path, drive] of Object.entries({
    '/live/marbles': marbles,
    '/live/resume': resume,
    '/live/back-pressure': backPressure,
  })) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const errors = errorsOf(page);
    await page.goto(origin + path);
    await page.waitForSelector('.live', { timeout: LIMIT });
    await drive(page).catch((error) => {
      throw new Error(`${path}: ${error.message}`, { cause: error });
    });
    // A visitor who goes on leaves nothing behind that runs or fails.
    await page.getByRole('link', { name: 'API', exact: true }).first().click();
    await page.waitForURL(/\/api\//);
    assert.deepEqual(errors, [], path);
    await page.close();
    console.log(`${path}: driven by keyboard, no error`);
  }
}
