import { memoryLog } from 'rxjs-http-streams';
import { messageLogContract } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { slowLog } from '../support/slowLog';
import { wrongLogs } from '../support/wrongLogs';

describe('messageLogContract', () => {
  for (const { name, run } of messageLogContract(() => memoryLog())) it(`holds for memoryLog: ${name}`, run);

  for (const { name, run } of messageLogContract(() => slowLog(1))) it(`holds for a slow log: ${name}`, run);

  it('has cases whose names differ', () => {
    const names = messageLogContract(() => memoryLog()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('messageLogContract refuses a log where', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('each case is needed for', () => {
    const names = messageLogContract(() => memoryLog()).map(({ name }) => name);
    const isNeeded = (name: string): boolean => wrongLogs.some(({ noticedBy }) => name.startsWith(noticedBy));
    expect(names.filter((name) => !isNeeded(name))).toEqual([]);
  });

  it.each(wrongLogs)('$fault', async ({ open, noticedBy, complaint }) => {
    const [noticing, ...others] = messageLogContract(open).filter(({ name }) => name.startsWith(noticedBy));
    expect(others).toEqual([]);
    const complained = noticing!.run().then(
      () => undefined,
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await complained).toMatchObject({ message: expect.stringMatching(complaint) as unknown });
  });
});
