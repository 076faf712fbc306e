import { Subject, concat, exhaustMap, firstValueFrom, reduce, takeUntil, timer } from 'rxjs';
import { BENCH } from './benchClient';
import type { benchClient } from './benchClient';

type Client = Awaited<ReturnType<typeof benchClient>>;

/** Counts of Redis's work for its readers, and of their connections. */
export interface Watched {
  /** Commands it has carried out, without the appends and those of the watch itself. */
  readonly commands: number;
  /** Connections at a time, at the most. */
  readonly connections: number;
  /** Connections that were seen to wait for entries, at one time or another. */
  readonly blocking: number;
}

/** Time between two looks at the connections, in milliseconds. */
const EVERY = 20;
/** Time after which nothing is under way any more, in milliseconds. */
const QUIET = 200;

const NOT_COUNTED = ['xadd', 'info', 'client|list'];

async function commandsOf(client: Client): Promise<number> {
  const stats = await client.info('commandstats');
  return [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)]
    .filter(([, name = '']) => !NOT_COUNTED.includes(name))
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);
}

/** The connections of the readers, and the ids of those that wait. */
async function connectionsOf(client: Client): Promise<{ all: number; waiting: readonly string[] }> {
  const list = await client.sendCommand<string>(['CLIENT', 'LIST']);
  const lines = list.split('\n').filter((line) => line !== '' && !line.includes(` name=${BENCH} `));
  return {
    all: lines.length,
    waiting: lines
      .filter((line) => / flags=[A-Za-z]*b/.test(line))
      .map((line) => /^id=(\d+)/.exec(line)?.[1] ?? ''),
  };
}

/** Begins to watch a Redis. Returns a function that ends it, and gives what was seen. */
export async function watchRedis(client: Client): Promise<() => Promise<Watched>> {
  const before = await commandsOf(client);
  const endSubject = new Subject<void>();
  // A connection that has much to do waits too shortly for most looks to find it: the last one is at rest.
  const seen = firstValueFrom(
    concat(timer(0, EVERY).pipe(takeUntil(endSubject)), timer(QUIET)).pipe(
      exhaustMap(() => connectionsOf(client)),
      reduce(
        (so, { all, waiting }) => ({
          connections: Math.max(so.connections, all),
          ids: new Set([...so.ids, ...waiting]),
        }),
        { connections: 0, ids: new Set<string>() },
      ),
    ),
  );
  return async () => {
    const commands = (await commandsOf(client)) - before;
    endSubject.next();
    const { connections, ids } = await seen;
    return { commands, connections, blocking: ids.size };
  };
}
