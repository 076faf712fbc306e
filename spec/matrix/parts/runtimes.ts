import { createServer } from 'node:http';
import { once as onceEmitted } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { from, lastValueFrom, toArray } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { startWorker } from '../../runtimes/startWorker';
import { once } from '../combination';
import type { Part } from '../combination';
import { programOf, run } from '../run';
import { versions } from '../versions';

const rows = [{ n: 1 }, { n: 2 }];

function expectRows(what: string, seen: unknown): void {
  const text = JSON.stringify(seen);
  if (text !== JSON.stringify(rows))
    throw new Error(`${what}: expected ${JSON.stringify(rows)}, got ${text}`);
}

/** The installed package on what is not Node. */
export const runtimes: Part = ({ project }) => {
  const files = ['check.cjs', 'use.mjs', 'worker'];
  const made = once(() => project('runtimes', { dependencies: { rxjs: versions.rxjs.newest } }, files));
  return [
    {
      name: `Bun ${versions.bun}`,
      run: async () => run(await programOf('bun', versions.bun, 'bin/bun.exe'), ['use.mjs'], await made()),
    },
    {
      name: `Deno ${versions.deno}`,
      run: async () =>
        run(
          await programOf('deno', versions.deno, 'deno'),
          ['run', '--allow-all', '--quiet', 'use.mjs'],
          await made(),
        ),
    },
    {
      name: `workerd ${versions.workerd}`,
      run: async () => {
        const program = await programOf('@cloudflare/workerd-linux-64', versions.workerd, 'bin/workerd');
        const folder = join(await made(), 'worker');
        await build({
          entryPoints: [join(folder, 'worker.js')],
          outfile: join(folder, 'bundle.js'),
          bundle: true,
          format: 'esm',
          conditions: ['workerd', 'worker', 'browser'],
          logLevel: 'error',
        });
        const server = createServer(nodeHandler(() => toNdjsonResponse(from(rows)))).listen(0, '127.0.0.1');
        await onceEmitted(server, 'listening');
        const { origin, stop } = await startWorker(program, folder, 'bundle.js');
        try {
          const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
          const read = await fetch(`${origin}/read?url=${encodeURIComponent(url)}`);
          expectRows('fromNdjsonFetch', await read.json());
          const served = fromNdjsonFetch(`${origin}/rows`).pipe(toArray());
          expectRows('toNdjsonBody', await lastValueFrom(served));
          return 'reads and serves';
        } finally {
          stop();
          server.closeAllConnections();
          server.close();
        }
      },
    },
  ];
};
