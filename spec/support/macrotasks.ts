import { setImmediate } from 'node:timers/promises';

/** Lets everything happen that is under way already: sockets that were written to, promises that were settled. */
export async function macrotasks(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await setImmediate();
}
