import { afterEach, beforeEach, vi } from 'vitest';

/** Each test of the file runs on a clock of its own, which stands until `elapse` moves it. */
export function virtualTime(): void {
  beforeEach(() => {
    // Not what promises and streams are made of: those run as they always do.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets so many milliseconds pass, and all that they bring about happen. */
export const elapse = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

/** Number of pending timers. */
export const timers = (): number => vi.getTimerCount();
