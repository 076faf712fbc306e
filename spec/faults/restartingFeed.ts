import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { freePort } from '../../examples/serving/freePort';
import { root } from '../support/root';

/** A server of numbers in a process of its own, that is killed and started again at the same port. */
export interface RestartingFeed {
  readonly origin: string;
  /**
   * Starts it with a name, which each of its messages begins with, and the first of its numbers; it listens once the
   * feed holds so many of them.
   */
  readonly start: (life: string, first: number, held: number) => Promise<void>;
  /** Kills it, without a chance to say goodbye. */
  readonly kill: () => Promise<void>;
  /** The requests since it was started, by the client that they name. */
  readonly requests: () => Promise<Readonly<Record<string, number>>>;
}

export async function restartingFeed(): Promise<RestartingFeed> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  onTestFinished(() => {
    child?.kill('SIGKILL');
  });
  const running = (): ChildProcess => {
    if (!child) throw new Error('expected a server that runs');
    return child;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    async start(life, first, held) {
      child = fork('spec/support/restartingServer.ts', [String(port), life, String(first), String(held)], {
        cwd: root,
        execArgv: ['--import=tsx'],
      });
      await once(child, 'message');
    },
    async kill() {
      const exit = once(running(), 'exit');
      running().kill('SIGKILL');
      await exit;
    },
    async requests() {
      running().send('requests');
      const [requests] = (await once(running(), 'message')) as [Readonly<Record<string, number>>];
      return requests;
    },
  };
}
