import { chromium as launcher } from 'playwright';
import type { Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { chromiumFlags, installedChromium } from './installedChromium';

/**
 * Opens a page in a browser of its own until the test is over, which fails if the script of the page has.
 *
 * @param prepare Is given the page before it loads.
 */
export async function openPage(url: string, prepare?: (page: Page) => void): Promise<Page> {
  const failures: unknown[] = [];
  const browser = await launcher.launch({ executablePath: installedChromium ?? '', args: chromiumFlags });
  onTestFinished(async () => {
    await browser.close();
    expect(failures).toEqual([]);
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => failures.push(error));
  prepare?.(page);
  await page.goto(url);
  return page;
}
