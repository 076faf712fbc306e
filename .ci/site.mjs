// Visits the built site in Chromium: what axe finds, pages that scroll sideways, errors, the size of a first visit, and
// the live pages in use.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LOOKS, launch } from './site/browser.mjs';
import { BUDGET, visit } from './site/check.mjs';
import { driveLivePages } from './site/live.mjs';
import { serve } from './site/server.mjs';

const folder = fileURLToPath(new URL('../docs/.vitepress/dist', import.meta.url));
const BROKEN = '/broken-on-purpose';
const MISSING = '/no-such-page';

/** A page with one fault of each kind: a check that finds nothing here finds nothing anywhere. */
const broken = `<!doctype html><html lang="en"><title>Broken</title><main><h1>Broken</h1><img src="/favicon.svg">
<div style="width:3000px">wide</div><script>console.error('broken')</script>
<!--${Array.from({ length: BUDGET }, () => Math.random().toString(36).slice(2, 4)).join('')}--></main></html>`;
const FAULTS = ['axe: image-alt', 'sideways:', 'console: broken', 'size:'];

const search = {
  name: 'the search',
  async open(page) {
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill('reconnect');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
  },
};
const menu = {
  name: 'the menu of a phone',
  async open(page) {
    await page.keyboard.press('Escape');
    await page.locator('.VPNavBarHamburger').click();
    await page.locator('.VPNavScreen').waitFor();
  },
};

/** Kinds of pages that are visited in all looks. Each other page is visited as on a phone, where it may be too wide. */
const KINDS = [
  '/',
  '/read/server-sent-events',
  '/reference/options',
  '/live/marbles',
  '/live/resume',
  '/live/back-pressure',
  '/api/',
  MISSING,
];
/** Pages of the API are made from one template, of which a few have everything. */
const API =
  /^\/api\/(index\/(functions\/fromEventSource|interfaces\/SseMessage|classes\/HttpStatusError)|testing\/functions\/marbleFetch)/;

const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html') && name !== '404.html')
  .map((name) => `/${name.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`)
  .filter((path) => !path.startsWith('/api/') || path === '/api/' || API.test(path));

const others = paths.filter((path) => !KINDS.includes(path));

const { origin, close } = await serve(folder, { [BROKEN]: broken });
const browser = await launch();
const complaints = [];
let visits = 0;
let largest = { bytes: 0, path: '' };
try {
  for (const [index, { name, ...look }] of LOOKS.entries()) {
    const phone = look.viewport.width < 500;
    const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
    const mine = [...KINDS, ...others.filter((_, n) => n % 2 === index)];
    const visited = async (path) => {
      const states = path === '/read/server-sent-events' ? [search, ...(phone ? [menu] : [])] : [];
      const result = await visit(context, origin + path, {
        missing: [MISSING],
        states,
        ready: path.startsWith('/live/') ? '.live' : undefined,
      });
      visits++;
      if (result.bytes > largest.bytes) largest = { bytes: result.bytes, path };
      complaints.push(...result.complaints.map((complaint) => `${path} (${name}): ${complaint}`));
    };
    // Two pages at a time, one a processor.
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const path of mine.filter((_, n) => n % 2 === half)) await visited(path);
      }),
    );
    if (index === 0) {
      const { complaints: found } = await visit(context, origin + BROKEN);
      const blind = FAULTS.filter((fault) => !found.some((complaint) => complaint.startsWith(fault)));
      if (blind.length > 0) throw new Error(`the checks do not see ${blind.join(', ')} in a broken page`);
    }
    await context.close();
  }
  if (complaints.length > 0) {
    console.error(complaints.join('\n'));
    throw new Error(`${complaints.length} complaints in ${visits} visits`);
  }
  console.log(
    `${visits} visits to ${paths.length + 1} pages, each on a phone, ${KINDS.length} in all looks: no violation, no error, no sideways scroll`,
  );
  console.log(
    `the largest first visit, ${largest.path}: ${Math.round(largest.bytes / 1000)} kB of ${BUDGET / 1000} kB`,
  );
  await driveLivePages(browser, origin);
} finally {
  await browser.close();
  close();
}
