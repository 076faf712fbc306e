import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { versions } from '../matrix/versions';
import { install } from './installed';
import { start } from './start';
import { startWorker } from './startWorker';

/** The files that a platform is started with. */
export interface Bundles {
  readonly folder: string;
  readonly bundle: (entry: string) => Promise<string>;
}

/** A platform that the portable cases run on. */
export interface Runtime {
  readonly name: string;
  /** Makes it available; throws where it is not to be had. */
  readonly find: () => Promise<string>;
  /** Known differences of this platform, by the name of the case. */
  readonly known: Readonly<Record<string, string>>;
  /** Runs the cases of the readers inside, and gives what was seen, a line each. */
  readonly read: (program: string, bundles: Bundles, origin: string) => AsyncIterable<[string, string]>;
  /** Serves the bodies from inside, where that is what it is for, by the name of each bridge to its server. */
  readonly serve?: Readonly<Record<string, Serve>>;
}

/** Starts a server of the bodies. */
export type Serve = (
  program: string,
  bundles: Bundles,
) => Promise<{ readonly origin: string; readonly stop: () => void }>;

const linesOf = (child: ChildProcess): AsyncIterable<string> =>
  createInterface({ input: child.stdout as NodeJS.ReadableStream });

async function* readBy(program: string, args: readonly string[]): AsyncGenerator<[string, string]> {
  const child = start(program, args);
  try {
    for await (const line of linesOf(child)) yield JSON.parse(line) as [string, string];
  } finally {
    child.kill('SIGKILL');
  }
}

async function serveBy(
  program: string,
  args: readonly string[],
): Promise<{ readonly origin: string; readonly stop: () => void }> {
  const child = start(program, args);
  for await (const port of linesOf(child)) {
    return { origin: `http://127.0.0.1:${Number(port)}`, stop: () => child.kill('SIGKILL') };
  }
  throw new Error(`${program} has not said where it listens`);
}

/** One that runs a file with the modules of Node. */
const script = (
  name: string,
  find: () => Promise<string>,
  server: string,
  {
    before = [],
    known = {},
    bridges = ['its own server'],
  }: {
    readonly before?: readonly string[];
    readonly known?: Runtime['known'];
    readonly bridges?: readonly string[];
  } = {},
): Runtime => ({
  name,
  find,
  known,
  async *read(program, { bundle }, origin) {
    yield* readBy(program, [...before, await bundle('read'), origin]);
  },
  serve: Object.fromEntries(
    bridges.map((bridge): [string, Serve] => [
      bridge,
      async (program, { bundle }) => serveBy(program, [...before, await bundle(server), bridge]),
    ]),
  ),
});

/** A version of Node, whose servers take a `Response` through our bridge and through that of another. */
const nodeOf = (version: string, find: Runtime['find']): Runtime =>
  script(`Node ${version}`, find, 'serveNode', { bridges: ['/node', 'srvx'] });

const installedNode = (version: string): Runtime =>
  nodeOf(version, async () =>
    join(await install(`node-${process.platform}-${process.arch}`, version), 'bin/node'),
  );

/** A worker of the bodies. */
const serveWorker: Serve = async (program, { bundle, folder }) => {
  await bundle('worker');
  return startWorker(program, folder, 'worker.js');
};

const workerd: Runtime = {
  name: `workerd ${versions.workerd}`,
  find: async () => join(await install('@cloudflare/workerd-linux-64', versions.workerd), 'bin/workerd'),
  known: {},
  async *read(program, bundles, origin) {
    const { origin: worker, stop } = await serveWorker(program, bundles);
    try {
      const { body } = await fetch(`${worker}/read?origin=${encodeURIComponent(origin)}`);
      if (!body) throw new Error('workerd said nothing');
      let text = '';
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        const lines = (text + chunk).split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) yield JSON.parse(line) as [string, string];
      }
    } finally {
      stop();
    }
  },
  serve: { 'its own server': serveWorker },
};

export const runtimes: readonly Runtime[] = [
  nodeOf(process.versions.node, () => Promise.resolve(process.execPath)),
  ...versions.node.filter((version) => version !== process.versions.node).map(installedNode),
  script(
    `Bun ${versions.bun}`,
    async () => join(await install('bun', versions.bun), 'bin/bun.exe'),
    'serveBun',
  ),
  script(
    `Deno ${versions.deno}`,
    async () => join(await install('deno', versions.deno), 'deno'),
    'serveDeno',
    { before: ['run', '--allow-all', '--no-check', '--quiet'] },
  ),
  workerd,
];
