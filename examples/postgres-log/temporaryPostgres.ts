import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { PoolConfig } from 'pg';
import { defer, lastValueFrom, retry } from 'rxjs';
import { freePort } from '../serving/freePort';

const DEBIAN = '/usr/lib/postgresql';
const folders = [
  process.env.POSTGRES_BIN ?? '',
  ...(process.env.PATH ?? '').split(':'),
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => `${DEBIAN}/${version}/bin`) : []),
];

/** The folder of the programs of Postgres, where there is one: `POSTGRES_BIN`, or what is installed. */
export const postgresBin = folders.find((folder) => folder && existsSync(join(folder, 'initdb')));

/** A Postgres of its own, in a temporary folder. */
export interface TemporaryPostgres {
  /** Options for a `Pool`. */
  readonly config: PoolConfig;
  /** Ends it at once, and deletes its folder. */
  readonly stop: () => Promise<void>;
}

/** Ids of a user that Postgres runs as: it refuses to run as root. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string, user: string): number =>
    Number(spawnSync('id', [kind, user], { encoding: 'utf8' }).stdout);
  const user = ['postgres', 'nobody'].find((name) => idOf('-u', name) > 0);
  if (!user) throw new Error('Postgres does not run as root: expected a user postgres or nobody, found none');
  return { uid: idOf('-u', user), gid: idOf('-g', user) };
}

/**
 * Starts a Postgres on a free port of the loopback interface.
 *
 * @param settings - Of the server. Without one it does not wait for the disk: nothing of it is to survive.
 */
export async function temporaryPostgres(
  settings: Readonly<Record<string, string>> = { fsync: 'off', full_page_writes: 'off' },
): Promise<TemporaryPostgres> {
  if (!postgresBin) throw new Error('Expected Postgres to be installed (POSTGRES_BIN names its programs)');
  const user = unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid ?? 0);
  const data = join(folder, 'data');
  const removed = (): Promise<void> => rm(folder, { recursive: true, force: true });

  const made = spawnSync(
    join(postgresBin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    await removed();
    throw new Error(`initdb: expected a database, got '${made.stderr.trim()}'`);
  }
  const config = { host: '127.0.0.1', port: await freePort(), user: 'postgres', database: 'postgres' };
  const all = { listen_addresses: config.host, port: config.port, unix_socket_directories: '', ...settings };
  const server = spawn(
    join(postgresBin, 'postgres'),
    ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const stop = async (): Promise<void> => {
    // The immediate shutdown of Postgres, which ends its own processes, too.
    server.kill('SIGQUIT');
    await ended;
    await removed();
  };

  const answering$ = defer(async () => {
    const client = new Client(config);
    await client.connect();
    await client.end();
  }).pipe(retry({ count: 200, delay: 50 }));
  try {
    await lastValueFrom(answering$);
  } catch (cause) {
    await stop();
    throw new Error('Postgres did not start within 10 s', { cause });
  }
  return { config, stop };
}
