import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { concat, of, throwError } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Handler } from '../support/frameworks';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

const found = spawnSync('curl', ['--version']).status === 0;
if (!found) console.warn('No curl here: its specs are left out.');

/** A run of curl, and what it has printed. */
interface Curl {
  readonly child: ChildProcess;
  readonly printed: (text: string) => Promise<void>;
  readonly output: () => string;
  readonly exitCode: Promise<unknown>;
}

async function curl(handler: Handler, ...options: readonly string[]): Promise<Curl> {
  const { url } = await webServer(handler);
  const child = spawn('curl', ['--silent', '--no-buffer', ...options, url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill());
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    child,
    output: () => output,
    printed: async (text) => {
      while (!output.includes(text)) await once(child.stdout, 'data');
    },
    exitCode: once(child, 'close').then(([code]) => code as unknown),
  };
}

describe.runIf(found)('curl', () => {
  it('prints each message while the next is not yet made, and ends well', async () => {
    const messages = producer({ id: '1', data: 'a' });
    const { printed, exitCode } = await curl((request) => toSseResponse(messages.source, { request }));
    await printed('id: 1\ndata: a\n\n');
    messages.next({ id: '2', data: 'b' });
    await printed('id: 2\ndata: b\n\n');
    messages.complete();
    expect(await exitCode).toBe(0);
  });

  it('prints each row while the next is not yet made, compressed or not', async () => {
    const rows = producer({ row: 1 });
    const { printed, exitCode } = await curl(
      (request) => toNdjsonResponse(rows.source, { request }),
      '--compressed',
    );
    await printed('{"row":1}\n');
    rows.next({ row: 2 });
    await printed('{"row":2}\n');
    rows.complete();
    expect(await exitCode).toBe(0);
  });

  it('says that the transfer was not whole when the source fails, after all that came before', async () => {
    const failing = concat(
      of('a', 'b'),
      throwError(() => new Error('the secret')),
    );
    const { output, exitCode } = await curl((request) => toSseResponse(failing, { request }));
    // "Partial file".
    expect(await exitCode).toBe(18);
    expect(output()).toContain('data: a\n\ndata: b\n\n');
    expect(output()).not.toContain('secret');
  });

  it('prints the headers alone when asked for them, and leaves the source alone', async () => {
    const messages = producer('a');
    const { output, exitCode } = await curl(
      (request) => toSseResponse(messages.source, { request }),
      '--head',
    );
    expect(await exitCode).toBe(0);
    expect(output()).toMatch(/^content-type: text\/event-stream\r$/m);
    expect(messages.subscriptions()).toBe(0);
  });

  it('ends the source by being stopped', async () => {
    const messages = producer('a');
    const { printed, child } = await curl((request) =>
      toSseResponse(messages.source, { request, heartbeat: 0 }),
    );
    await printed('data: a');
    child.kill();
    await messages.observedBy(0);
  });
});
