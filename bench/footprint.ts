import { setTimeout } from 'node:timers/promises';

/** Resources that keep a process from ending. */
export interface Footprint {
  readonly sockets: number;
  readonly timers: number;
}

export function footprint(): Footprint {
  const resources = process.getActiveResourcesInfo();
  const count = (name: string): number => resources.filter((resource) => resource === name).length;
  return { sockets: count('TCPSocketWrap'), timers: count('Timeout') };
}

/**
 * Measures the memory of a process after a garbage collection, in bytes: garbage says more of the engine than of the
 * code.
 */
export async function held(): Promise<number> {
  // What one collection finalises, a response or a signal, lets go of what the next one takes.
  for (let collection = 0; collection < 4; collection++) {
    globalThis.gc?.();
    await setTimeout(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
