import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { openFront } from '../../examples/deploy/front';
import type { Goodbye } from '../support/drainingServer';
import { root } from '../support/root';

/** A feed of numbers that is deployed anew behind two addresses, one for each version of HTTP. */
export interface DeployedFeed {
  readonly origins: readonly [http1: string, http2: string];
  /** Starts a process, turns the addresses to it, and ends the one before with SIGTERM. */
  readonly deploy: () => Promise<(Goodbye & { readonly code: number | null }) | undefined>;
}

/** @param within - In milliseconds. */
export async function deployedFeed(within: number): Promise<DeployedFeed> {
  const start = Date.now();
  const fronts = [await openFront(), await openFront()] as const;
  const children: ChildProcess[] = [];
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
    for (const front of fronts) front.close();
  });

  const goodbye = async (child: ChildProcess): Promise<Goodbye & { code: number | null }> => {
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    const words = await text(child.stdout!);
    const [code] = await exit;
    return { code, ...(JSON.parse(words) as Goodbye) };
  };

  return {
    origins: [fronts[0].origin, fronts[1].origin],
    async deploy() {
      const before = children.at(-1);
      const child = fork('spec/support/drainingServer.ts', [String(start), String(within)], {
        cwd: root,
        execArgv: ['--import=tsx'],
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      children.push(child);
      const [ports] = (await once(child, 'message')) as [readonly number[]];
      for (const [index, front] of fronts.entries()) front.turnTo(ports[index]!);
      return before && goodbye(before);
    },
  };
}
