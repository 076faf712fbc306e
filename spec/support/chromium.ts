import { execFileSync } from 'node:child_process';
import { chromium as launcher } from 'playwright';
import type { Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';

/** `CHROMIUM`, or what the system calls Chromium; nothing where there is none. */
export const chromium: string | undefined = process.env.CHROMIUM ?? installed();

function installed(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome']).toString().trim();
  } catch {
    return undefined;
  }
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a page in a browser of its own until the test is over, which fails if the script of the page has. */
export async function openPage(url: string): Promise<Page> {
  const failures: unknown[] = [];
  const browser = await launcher.launch({ executablePath: chromium ?? '', args: FLAGS });
  onTestFinished(async () => {
    await browser.close();
    expect(failures).toEqual([]);
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => failures.push(error));
  await page.goto(url);
  return page;
}
