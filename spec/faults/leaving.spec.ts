import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { noop } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { servers } from '../support/documented/servers';

/** Whether a client has what it waited for. */
type Moment = 'at once' | 'after the first bytes' | 'in the middle' | 'without reading';

const moments: readonly Moment[] = ['at once', 'after the first bytes', 'in the middle', 'without reading'];
const paths = ['sse', 'ndjson', 'text'].flatMap((format) =>
  ['quiet', 'one', 'ticking', 'flood', 'generated', 'broken'].flatMap((source) =>
    ['request', 'nothing'].map((told) => `/${format}/${source}/${told}`),
  ),
);

/** Waits for as many bytes as the moment needs, or until none will come. */
const reached = async (moment: Moment, source: NodeJS.ReadableStream): Promise<void> => {
  if (moment === 'at once') return;
  if (moment === 'without reading') {
    await sleep(60);
    return;
  }
  let chunks = moment === 'in the middle' ? 5 : 1;
  await Promise.race([
    sleep(200),
    new Promise<void>((resolve) => {
      source.on('data', () => {
        if (--chunks === 0) resolve();
      });
    }),
  ]);
};

async function leaveHttp(port: number, path: string, moment: Moment): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port }).on('error', noop);
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  await reached(moment, socket);
  socket.destroy();
}

async function leaveHttp2(port: number, path: string, moment: Moment): Promise<void> {
  const session = connectHttp2(`http://127.0.0.1:${port}`).on('error', noop);
  const stream = session.request({ ':path': path }).on('error', noop);
  await reached(moment, stream);
  // A reset as browsers send it, or the connection itself.
  if (moment === 'in the middle') session.destroy();
  else stream.close(8);
  await sleep(20);
  session.destroy();
}

const names = Object.keys(servers);

describe.each([
  ['documented', names.filter((name) => name !== 'Hono')],
  ['Hono, which replaces the global classes', ['Hono']],
])('clients that leave each server (%s): nothing on stderr', (_, served) => {
  let child: ChildProcess;
  let ports: Record<string, number>;
  let printed = '';

  const asked = async (): Promise<{ open: number; outcomes: Record<string, number> }> => {
    child.send('?');
    const [state] = (await once(child, 'message')) as [{ open: number; outcomes: Record<string, number> }];
    return state;
  };

  beforeAll(async () => {
    child = spawn(process.execPath, ['--import=tsx', 'spec/support/documented/child.ts', ...served], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    const [started] = (await once(child, 'message')) as [{ ports: Record<string, number> }];
    ({ ports } = started);
  }, 60_000);
  afterAll(() => {
    child.kill('SIGKILL');
  });

  it.each(served)('%s', async (name) => {
    const before = (await asked()).outcomes;
    const leave = name.endsWith('HTTP/2') ? leaveHttp2 : leaveHttp;
    const port = ports[name] ?? 0;
    await Promise.all(
      [...paths, ...paths].flatMap((path) => moments.map((moment) => leave(port, path, moment))),
    );
    await expect.poll(async () => (await asked()).open, { timeout: 10_000 }).toBe(0);
    // What is printed late: errors that were held back, and writes to sockets that are gone.
    await sleep(150);
    expect(child.exitCode).toBeNull();
    expect(printed).toBe('');
    const { outcomes } = await asked();
    expect(Object.keys(outcomes)).toEqual(['left']);
    expect(outcomes.left).toBeGreaterThan(before.left ?? 0);
  });
});
