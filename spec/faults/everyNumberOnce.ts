import { concatWith, filter, firstValueFrom, merge, of, take, tap, throwError } from 'rxjs';
import { fromEventSource, isStreamNetworkError, toSseResponse } from 'rxjs-http-streams';
import { expect, vi } from 'vitest';
import { brokenPath } from '../support/brokenPath';
import type { BrokenPath, Fault } from '../support/brokenPath';
import type { Intervals } from '../support/intervals';
import { randomness } from '../support/randomness';
import { faultsAt, seed } from './faults';
import { nodeServer } from './nodeServer';
import { numberedFeed } from './numbers';

/** A way from clients to a server. */
export interface Way {
  /** The addresses of the clients. */
  readonly urls: readonly string[];
  readonly paths: readonly BrokenPath[];
}

/** The parameters of a run. */
export interface Run {
  /** For the figures. */
  readonly name: string;
  readonly cuts: number;
  readonly clients: number;
  /** Places of the faults. */
  readonly places: readonly Fault['where'][];
  /** Share of the cuts that are stalls, from 0 to 1. */
  readonly stalls: number;
  /** Time-out that ends a stall, in milliseconds. */
  readonly idleTimeout: number;
  /** Whether the feed holds little, and gives a snapshot to clients that have a gap. */
  readonly fromSnapshots?: boolean;
  /** Puts as many ways as there are plans between a server and its clients. */
  readonly way: (server: string, plans: readonly Plan[]) => Promise<Way>;
}

/** Returns the fault of the next connection of one client. */
export type Plan = () => Fault | undefined;

/** Each client on a way of its own. */
export async function brokenPaths(server: string, plans: readonly Plan[]): Promise<Way> {
  const paths = await Promise.all(plans.map((plan) => brokenPath(server, plan)));
  return { urls: paths.map(({ url }) => url), paths };
}

/** Number of messages in a response of the server that ends its responses. */
const SHORT = 12;
/** The feed pauses for clients that are behind, and silence is not to be taken for a fault. */
const HEARTBEAT = 200;

const count = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
};

const nameOf = (error: unknown): string =>
  isStreamNetworkError(error)
    ? `${error.name} (${error.phase})`
    : ((error as Error | undefined)?.name ?? 'a clean end');

/**
 * Clients follow a feed of numbers over ways that break until there were enough cuts, and leave; then says what there
 * was, and expects that each client has seen every number once, in order, and that nothing is left of it all.
 */
export async function everyNumberOnce(
  { name, cuts, clients, places, stalls, idleTimeout, fromSnapshots = false, way }: Run,
  intervals: Intervals,
): Promise<void> {
  const start = performance.now();
  const numbers = numberedFeed(clients, fromSnapshots);
  const server = await nodeServer((request) =>
    // A server may also end its responses, without a word, and have its clients come back.
    request.url.endsWith('short')
      ? toSseResponse((id) => numbers.feed(id).pipe(take(SHORT)), {
          request,
          heartbeat: HEARTBEAT,
          terminal: 'none',
        })
      : toSseResponse(numbers.feed, { request, heartbeat: HEARTBEAT }),
  );
  let paths: readonly BrokenPath[] = [];
  const faults = (): Fault[] => paths.flatMap((path) => path.faults);
  const broken = (): number => paths.reduce((sum, path) => sum + path.faults.length, 0);
  const plans = numbers.clients.map((_, client) => {
    const random = randomness(seed ^ Math.imul(client, 0x9e37_79b1));
    const next = faultsAt(isShort(client) ? [...places, 'last chunk'] : places, stalls, random);
    return () => (broken() < cuts ? next() : undefined);
  });
  const made = await way(server.url, plans);
  paths = made.paths;

  const errors: string[] = [];
  const client$ = numbers.clients.map((seen, client) =>
    fromEventSource(`${made.urls[client]}${isShort(client) ? 'short' : ''}`, {
      lastEventId: seen.id,
      reconnect: { delay: 0 },
      idleTimeout,
      request: ({ attempt, error, lastEventId }) => {
        if (attempt > 1) errors.push(nameOf(error));
        seen.request(lastEventId);
        return of({});
      },
    }).pipe(
      tap((message) => {
        seen.message(message);
      }),
      concatWith(throwError(() => new Error('The client took a cut for an end'))),
    ),
  );
  let goal = Infinity;
  const isOver = (): boolean => {
    if (goal === Infinity && broken() >= cuts) goal = numbers.sent();
    return numbers.seen() >= goal;
  };
  let failure: unknown;
  try {
    await firstValueFrom(merge(...client$).pipe(filter(isOver)));
  } catch (error) {
    failure = error;
  }
  numbers.release();

  const sum = (member: 'messages' | 'lost' | 'doubled' | 'damaged' | 'misplaced'): number =>
    numbers.clients.reduce((total, seen) => total + seen[member], 0);
  const all = faults();
  const connections = paths.reduce((total, path) => total + path.connections(), 0);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(
    [
      `${name}: ${all.length} cuts, FAULTS_SEED=${seed}`,
      `  where   ${count(all.map(({ where }) => where))}`,
      `  how     ${count(all.map(({ how }) => how))}`,
      `  before  ${count(all.map(({ pace }) => pace))}`,
      `  seen as ${count(errors)}`,
      ...(fromSnapshots ? [`  ${numbers.snapshots()} snapshots`] : []),
      `  ${clients} clients, ${connections} connections, ${sum('messages')} messages of ${numbers.seen()} numbers, ` +
        `lost ${sum('lost')}, doubled ${sum('doubled')}, damaged ${sum('damaged')}, ` +
        `asked for at a wrong place ${sum('misplaced')}, ${seconds} s`,
    ].join('\n'),
  );

  expect(failure).toBeUndefined();
  expect({
    lost: sum('lost'),
    doubled: sum('doubled'),
    damaged: sum('damaged'),
    misplaced: sum('misplaced'),
  }).toEqual({ lost: 0, doubled: 0, damaged: 0, misplaced: 0 });
  expect(all.length).toBeGreaterThanOrEqual(cuts);
  expect(numbers.subscriptions()).toBe(1);
  if (fromSnapshots) expect(numbers.snapshots()).toBeGreaterThan(0);
  expect(intervals.started()).toBeGreaterThan(0);
  await vi.waitFor(
    async () => {
      expect({
        subscribers: numbers.subscribers(),
        intervals: intervals.running(),
        connections: await server.busy(),
        sockets: paths.reduce((total, path) => total + path.sockets(), 0),
      }).toEqual({ subscribers: 0, intervals: 0, connections: 0, sockets: 0 });
    },
    { timeout: 30_000 },
  );
}

/** Every fourth client. */
const isShort = (client: number): boolean => client % 4 === 3;
