import { setTimeout } from 'node:timers/promises';
import { Remote } from '../../../bench/remote';
import { grouped } from '../promises';
import type { Attacked, HostileClientCommands } from './clients';
import type { HostileServerCommands, State } from './server';

/** The result of the attacks on a server. */
export interface Outcome {
  /** State of the server once all clients are gone. */
  readonly state: State;
  /** Bytes that the server held after the first of the attacks, and after all of them. */
  readonly heldFirst: number;
  readonly held: number;
  readonly clients: Attacked;
  /** Whether each process has ended by itself. */
  readonly ended: readonly boolean[];
}

/** Time that the server has to recover from the attacks, in milliseconds. */
const PATIENCE = 30_000;
const MIB = 1024 * 1024;

/**
 * Attacks a server for so many seconds. Rejects as soon as one of the two processes dies.
 *
 * @param only - A regular expression for the names of the attacks.
 */
export async function attacked(seconds: number, only: string): Promise<Outcome> {
  const server = await Remote.start<HostileServerCommands>(new URL('server.ts', import.meta.url));
  const clients = await Remote.start<HostileClientCommands>(new URL('clients.ts', import.meta.url));

  /**
   * The state of the server once nothing is left in it, or nothing changes any more. On a busy machine it has many
   * connections to accept whose clients are gone.
   */
  async function settled(): Promise<State> {
    let before = '';
    let deadline = 0;
    for (;;) {
      const state = await server.call('look');
      const { requests, sources, connections, sockets, timers } = state;
      if (sources + connections + sockets + timers === 0) return state;
      const now = [requests, sources, connections, sockets, timers].join();
      if (now !== before) deadline = performance.now() + PATIENCE;
      else if (performance.now() > deadline) return state;
      before = now;
      await setTimeout(100);
    }
  }

  async function round(ports: readonly number[], paths: readonly string[], period: number) {
    await clients.call('attack', ports, paths, only, period);
    const state = await settled();
    const held = await server.call('held');
    const { requests, sources, connections } = state;
    console.log(
      `${grouped(requests)} requests, the last after ${period.toFixed(0)} s more: the server holds ` +
        `${(held / MIB).toFixed(1)} MiB, ${sources} sources, ${connections} connections`,
    );
    return { state, held };
  }

  async function rounds(): Promise<Omit<Outcome, 'ended'>> {
    const ports = await server.call('listen');
    const paths = await server.call('paths');
    /** Seconds of the attacks that come before memory is measured for the first time. */
    const early = Math.max(10, seconds / 10);
    const { held: heldFirst } = await round(ports, paths, early);
    const { state, held } = await round(ports, paths, seconds - early);
    await server.call('close');
    return { state, heldFirst, held, clients: await clients.call('look') };
  }

  try {
    // The server may die while the clients are waited for.
    const outcome = await Promise.race([rounds(), server.death, clients.death]);
    return { ...outcome, ended: await Promise.all([server.end(), clients.end()]) };
  } finally {
    server.kill();
    clients.kill();
  }
}
