import { afterEach, beforeEach, vi } from 'vitest';

/** The timers of RxJS, which all of the library's are: it makes each of an interval. */
export interface Intervals {
  /** Number of intervals that are running. */
  readonly running: () => number;
  /** Number of intervals that this test has started. */
  readonly started: () => number;
}

/** Counts them in each test of the file. */
export function countIntervals(): Intervals {
  const running = new Set<NodeJS.Timeout>();
  let started = 0;
  beforeEach(() => {
    const { setInterval, clearInterval } = globalThis;
    running.clear();
    started = 0;
    vi.spyOn(globalThis, 'setInterval').mockImplementation((...timer) => {
      const interval = setInterval(...timer);
      running.add(interval);
      started++;
      return interval;
    });
    vi.spyOn(globalThis, 'clearInterval').mockImplementation((interval) => {
      running.delete(interval as NodeJS.Timeout);
      clearInterval(interval);
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return { running: () => running.size, started: () => started };
}
