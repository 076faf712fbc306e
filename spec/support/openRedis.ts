import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ReplaySubject, find, firstValueFrom } from 'rxjs';
import { freePort } from '../../examples/serving/freePort';
import { installedRedis } from './installedRedis';

/** Settings of a server, by their names in `redis.conf`. */
export interface RedisConfig {
  /**
   * Whether the server writes each command to a file, from which it reads them when it starts.
   *
   * @defaultValue `false`
   */
  readonly appendonly?: boolean;
  /**
   * Policy of writing that file to the disk.
   *
   * @defaultValue `'everysec'`
   */
  readonly appendfsync?: 'always' | 'everysec' | 'no';
  /** Rules of users by their names, such as `on nopass ~* &* +@all -client|unblock`. */
  readonly users?: Readonly<Record<string, string>>;
  /** More lines of the configuration. */
  readonly lines?: readonly string[];
}

/** A real Redis on loopback, in a folder of its own. */
export interface RedisServer {
  readonly port: number;
  /** Kills it, without a chance to write anything. */
  readonly kill: () => Promise<void>;
  /** Ends it in an orderly way. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port and folder, once it was killed or stopped. */
  readonly start: () => Promise<void>;
  /**
   * Cuts off the end of the append-only file, as a loss of power does to what was not written to the disk. The server
   * must not run.
   *
   * @param share - From 0 to 1.
   * @returns The number of bytes that were cut off.
   */
  readonly cutAppendOnlyFile: (share: number) => Promise<number>;
  /** Runs a command of `redis-cli`, and gives its output. Rejects where Redis replies with an error. */
  readonly cli: (...command: readonly string[]) => Promise<string>;
  /** Settles when the log of the running server has a line with a text. Rejects if the server ends before. */
  readonly logged: (text: string) => Promise<void>;
  /** Kills it, and removes its folder. */
  readonly close: () => Promise<void>;
}

const run = promisify(execFile);

/** The client that comes with a server. */
const cliOf = (server: string): string => server.replace(/-server$/, '-cli');

/** Starts a Redis that serves until it is closed. */
export async function openRedis({
  appendonly = false,
  appendfsync = 'everysec',
  users = {},
  lines = [],
}: RedisConfig = {}): Promise<RedisServer> {
  const program = installedRedis ?? 'redis-server';
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  await writeFile(
    join(folder, 'redis.conf'),
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${folder}`,
      'logfile ""',
      'save ""',
      `appendonly ${appendonly ? 'yes' : 'no'}`,
      `appendfsync ${appendfsync}`,
      'aof-load-truncated yes',
      ...Object.entries(users).map(([name, rules]) => `user ${name} ${rules}`),
      ...lines,
    ].join('\n'),
  );
  let child: ChildProcess | undefined;
  let log = new ReplaySubject<string>(Infinity);

  const logged = async (text: string): Promise<void> => {
    const line = await firstValueFrom(log.pipe(find((each) => each.includes(text))));
    if (line === undefined) throw new Error(`Redis has ended, and has never said '${text}'`);
  };

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    child = undefined;
  };

  const start = async (): Promise<void> => {
    if (child) throw new Error('expected a Redis that was killed or stopped');
    child = spawn(program, [join(folder, 'redis.conf')], { stdio: ['ignore', 'pipe', 'inherit'] });
    log = new ReplaySubject(Infinity);
    const lines$ = log;
    createInterface(child.stdout!)
      .on('line', (line) => {
        lines$.next(line);
      })
      .on('close', () => {
        lines$.complete();
      });
    await logged('Ready to accept connections');
  };

  const close = async (): Promise<void> => {
    await end('SIGKILL');
    await rm(folder, { recursive: true });
  };

  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start,
    async cutAppendOnlyFile(share) {
      if (child) throw new Error('expected a Redis that was killed or stopped');
      const directory = join(folder, 'appendonlydir');
      const manifest = await readFile(join(directory, 'appendonly.aof.manifest'), 'utf8');
      // The file that commands are appended to is the last one of those with increments.
      const name = [...manifest.matchAll(/^file (\S+) seq \d+ type i/gm)].at(-1)?.[1];
      if (name === undefined) throw new Error(`expected an append-only file in '${manifest}'`);
      const file = join(directory, name);
      const { size } = await stat(file);
      const rest = Math.floor(size * (1 - share));
      await truncate(file, rest);
      return size - rest;
    },
    async cli(...command) {
      const { stdout } = await run(cliOf(program), ['-e', '-p', String(port), ...command]);
      return stdout.trim();
    },
    logged,
    close,
  };
}
