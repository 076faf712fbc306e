import { setTimeout as sleep } from 'node:timers/promises';
import { lastValueFrom, toArray } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import { obey } from '../../../bench/remote';
import { footprint } from '../../../bench/footprint';
import type { Footprint } from '../../../bench/footprint';
import { hasSoundHttp2, oneOf } from './attack';
import type { Attack } from './attack';
import { http1 } from './http1';
import { http2 } from './http2';

/** Clients that mean harm, and one that does not, in a process of their own. */

/** Attacks at the same time. */
const LANES = { http1: 60, http2: 12 };
/** Time between two requests of the client that means no harm, in milliseconds. */
const WITNESS_EVERY = 100;

/** Tallies of a process of clients. */
export interface Attacked extends Footprint {
  /** Attacks by their names. */
  readonly attacks: Readonly<Record<string, number>>;
  /** Requests of the client that means no harm, and those that were answered as they should be. */
  readonly asked: number;
  readonly answered: number;
  /** Other answers to it, and errors. */
  readonly misses: readonly string[];
}

const named = (version: string, attacks: Readonly<Record<string, Attack>>): [string, Attack][] =>
  Object.entries(attacks).map(([name, attack]) => [`${version} ${name}`, attack]);

const all = { http1: named('HTTP/1.1', http1), http2: hasSoundHttp2 ? named('HTTP/2', http2) : [] };
const attacks: Record<string, number> = {};
let asked = 0;
let answered = 0;
const misses: string[] = [];

async function lane(
  chosen: readonly (readonly [string, Attack])[],
  port: number,
  paths: readonly string[],
  until: number,
): Promise<void> {
  while (chosen.length > 0 && performance.now() < until) {
    const [name, attack] = oneOf(chosen);
    await attack({ port, paths });
    attacks[name] = (attacks[name] ?? 0) + 1;
  }
}

async function witness(port: number, until: number): Promise<void> {
  while (performance.now() < until) {
    asked++;
    const rows$ = fromNdjsonFetch(`http://127.0.0.1:${port}/whole`, { terminal: 'notification' });
    const rows = await lastValueFrom(rows$.pipe(toArray())).catch(String);
    if (String(rows) === '1,2,3') answered++;
    else misses.push(String(rows));
    await sleep(WITNESS_EVERY);
  }
}

const commands = {
  /** Attacks for so many seconds, and ends when no connection of an attack is left. */
  attack: async (
    [first = 0, second = 0]: readonly number[],
    paths: readonly string[],
    only: string,
    seconds: number,
  ): Promise<void> => {
    const until = performance.now() + seconds * 1_000;
    const chosen = (of: keyof typeof all): (readonly [string, Attack])[] =>
      all[of].filter(([name]) => new RegExp(only, 'i').test(name));
    for (const [name] of [...chosen('http1'), ...chosen('http2')]) attacks[name] ??= 0;
    await Promise.all([
      ...Array.from({ length: LANES.http1 }, () => lane(chosen('http1'), first, paths, until)),
      ...Array.from({ length: LANES.http2 }, () => lane(chosen('http2'), second, paths, until)),
      witness(first, until),
    ]);
  },
  look: (): Attacked => ({ ...footprint(), attacks, asked, answered, misses }),
};

export type HostileClientCommands = typeof commands;

obey(commands);
