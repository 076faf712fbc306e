import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ReplaySubject, filter, firstValueFrom, map } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { installedRedis } from '../support/installedRedis';
import { root } from '../support/root';
import { eventually } from './eventually';

/** The example as it serves its page, and the lines that it prints. */
function example(): ReplaySubject<string> {
  const child = spawn(process.execPath, ['--import=tsx', 'examples/many-servers/main.ts', '--serve'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  });
  const lines$ = new ReplaySubject<string>(Infinity);
  createInterface(child.stdout).on('line', (line) => {
    lines$.next(line);
  });
  return lines$;
}

describe.skipIf(!installedChromium || !installedRedis)('the page of many servers', () => {
  it('shows each number once over the death of both servers and of Redis', { timeout: 60_000 }, async () => {
    const lines$ = example();
    const after = (words: RegExp): Promise<string> =>
      firstValueFrom(
        lines$.pipe(
          map((line) => words.exec(line)?.[1]),
          filter((word) => word !== undefined),
        ),
      );

    const page = await openPage(await after(/^page: (\S+)/));
    const counts = (): Promise<number[]> =>
      page
        .locator('output')
        .filter({ hasText: '0 lost, 0 twice' })
        .allTextContents()
        .then((texts) => texts.map((text) => parseInt(text)));
    await after(/^(After number 90 server 2) is killed/);

    await eventually(async () => (await counts()).filter((count) => count > 130)).toHaveLength(2);
    expect(await page.locator('#observable li').last().textContent()).toMatch(/^\d+$/);
  });
});
