import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNdjsonResponse } from 'rxjs-http-streams';
import type { BodySource } from 'rxjs-http-streams';
import { toNodeHandler } from 'srvx/node';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Takes a body as fast as it comes, in a process of its own: it must not depend on the turns of the server. */
const GREEDY = "require('node:http').get(process.argv[1], (response) => response.resume())";
const ROWS = 200_000;
const ROW = { text: '.'.repeat(200) };

/** The turns of the event loop, counted until the test is over. */
function turns(): () => number {
  let count = 0;
  const turn = (): void => {
    count++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  onTestFinished(() => {
    clearImmediate(next);
  });
  return () => count;
}

/** Serves a body until it has arrived. */
async function deliver(source: BodySource<object>): Promise<void> {
  const server = createServer(
    toNodeHandler((request) => toNdjsonResponse(source, { request })) as RequestListener,
  ).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await once(spawn(process.execPath, ['-e', GREEDY, url], { stdio: 'inherit' }), 'exit');
}

describe('A server whose client takes all at once', () => {
  it('has its turns while it makes what a generator gives', async () => {
    const count = turns();
    const seen: number[] = [];
    function* rows(): Generator<object> {
      seen.push(count());
      for (let row = 0; row < ROWS; row++) yield ROW;
      seen.push(count());
    }

    await deliver(rows());

    const [before = 0, after = 0] = seen;
    expect(after - before).toBeGreaterThan(10);
  });

  it('has its turns while it makes what an async generator gives that never waits', async () => {
    const count = turns();
    const seen: number[] = [];
    // eslint-disable-next-line @typescript-eslint/require-await -- the case in point
    async function* rows(): AsyncGenerator<object> {
      seen.push(count());
      for (let row = 0; row < ROWS; row++) yield ROW;
      seen.push(count());
    }

    await deliver(rows());

    const [before = 0, after = 0] = seen;
    expect(after - before).toBeGreaterThan(10);
  });
});
