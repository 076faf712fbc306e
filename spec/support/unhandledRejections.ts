import { afterEach, beforeEach, expect } from 'vitest';
import { macrotasks } from './macrotasks';

/** Fails each test of the file that leaves a rejected promise to nobody. */
export function forbidUnhandledRejections(): void {
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => {
    reasons.push(reason);
  };
  beforeEach(() => {
    reasons.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await macrotasks();
    process.off('unhandledRejection', note);
    expect(reasons).toEqual([]);
  });
}
