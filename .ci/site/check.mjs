import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { errorsOf } from './browser.mjs';

/** The largest first visit to a page in bytes, compressed. */
export const BUDGET = 300_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Names the violations that axe finds in the current state of a page. */
async function violationsIn(page) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run(document)).violations);
  return violations.map(
    ({ id, nodes }) => `axe: ${id}: ${nodes.length} times, first ${nodes[0].html.slice(0, 160)}`,
  );
}

/** Names what is wider than the page, if the page scrolls sideways. */
async function sidewaysIn(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [`sideways: ${scrollWidth} of ${clientWidth} px, ${wide?.outerHTML.slice(0, 160)}`];
  });
}

/**
 * Visits a page for the first time, and returns what is wrong with it and the bytes that were transferred.
 *
 * @param options.ready - A part of the page that is loaded last, if the page has one.
 */
export async function visit(context, url, { missing = [], states = [], ready } = {}) {
  const page = await context.newPage();
  const complaints = [];
  const errors = errorsOf(page, missing);
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  try {
    await page.goto(url, { waitUntil: 'networkidle', timeout: 30_000 });
    if (ready) {
      await page.waitForSelector(ready);
      await page.waitForLoadState('networkidle');
    }
    const first = bytes;
    if (first > BUDGET) complaints.push(`size: ${first} of ${BUDGET} bytes`);
    complaints.push(...(await sidewaysIn(page)), ...(await violationsIn(page)));
    for (const { name, open } of states) {
      await open(page);
      complaints.push(...(await violationsIn(page)).map((complaint) => `${name}: ${complaint}`));
    }
    return { bytes: first, complaints: [...complaints, ...errors] };
  } catch (error) {
    throw new Error(`${url}: ${error.message}`, { cause: error });
  } finally {
    await page.close();
  }
}
