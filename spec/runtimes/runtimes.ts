import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../examples/serving/freePort';
import { install } from './installed';

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

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a platform. Its output about the failures of the cases is dropped. */
function start(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.add(child);
  return child;
}

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

/** A worker, configured as one that may use the network of this machine. */
const serveWorker: Serve = async (program, { bundle, folder }) => {
  const port = await freePort();
  const config = join(folder, 'worker.capnp');
  await bundle('worker');
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-01-01")),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  const child = start(program, ['serve', config]);
  const origin = `http://127.0.0.1:${port}`;
  for (let turn = 0; turn < 100; turn++) {
    const up = await fetch(origin).then(
      () => true,
      () => new Promise<false>((resolve) => setTimeout(resolve, 100, false)),
    );
    if (up) return { origin, stop: () => child.kill('SIGKILL') };
  }
  child.kill('SIGKILL');
  throw new Error('workerd does not listen');
};

const workerd: Runtime = {
  name: 'workerd 1.20261117.1',
  find: async () => join(await install('@cloudflare/workerd-linux-64', '1.20261117.1'), 'bin/workerd'),
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
  installedNode('22.23.3'),
  installedNode('24.21.0'),
  installedNode('26.10.0'),
  script('Bun 1.4.5', async () => join(await install('bun', '1.4.5'), 'bin/bun.exe'), 'serveBun'),
  script('Deno 2.9.6', async () => join(await install('deno', '2.9.6'), 'deno'), 'serveDeno', {
    before: ['run', '--allow-all', '--no-check', '--quiet'],
  }),
  workerd,
];
