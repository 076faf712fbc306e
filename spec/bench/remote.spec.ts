import { describe, expect, it, onTestFinished } from 'vitest';
import { Remote } from '../../bench/remote';
import type { MortalCommands } from '../support/mortalProcess';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

async function started(): Promise<Remote<MortalCommands>> {
  const { execArgv } = process;
  process.execArgv = ['--import=tsx'];
  const remote = await Remote.start<MortalCommands>(
    new URL('../support/mortalProcess.ts', import.meta.url),
  ).finally(() => {
    process.execArgv = execArgv;
  });
  onTestFinished(() => {
    remote.kill();
  });
  return remote;
}

describe('Remote', () => {
  it('answers calls, and ends by itself when it is let go', async () => {
    const remote = await started();
    expect(await remote.call('greet', 'you')).toBe('Hello you');
    expect(await remote.end()).toBe(true);
  });

  it('rejects when the process dies, with its signal and last words, while no call waits, and for later calls', async () => {
    const remote = await started();
    await remote.call('dieSoon', 'because');
    const death = { signal: 'SIGABRT', words: expect.stringMatching(/^because/) as string };
    await expect(remote.death).rejects.toMatchObject(death);
    await expect(remote.call('greet', 'you')).rejects.toMatchObject(death);
    expect(await remote.end()).toBe(false);
  });

  it('rejects a call whose process dies before it has answered', async () => {
    const remote = await started();
    const waits = remote.call('wait');
    remote.kill();
    await expect(waits).rejects.toMatchObject({ signal: 'SIGKILL' });
  });
});
