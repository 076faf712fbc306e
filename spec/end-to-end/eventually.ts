import { expect } from 'vitest';

/** Expects something of what is not there yet; patient, because browsers on a busy machine take their time. */
export const eventually = <T>(look: () => T): ReturnType<typeof expect.poll<T>> =>
  expect.poll(look, { timeout: 15_000 });
