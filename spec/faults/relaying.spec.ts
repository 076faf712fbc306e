import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { flood } from '../support/flood';
import { httpServer } from '../support/httpServer';

const MIB = 1024 * 1024;
const PADDING = 'x'.repeat(64 * 1024);
const COUNT = 4 * 1024;

describe('A relay of a quarter of a gigabyte', () => {
  it.each(['upload', 'response', 'pipeline'])('by %s keeps its memory flat', async (way) => {
    let uploaded = 0;
    const server = await httpServer((request, response) => {
      if (request.method === 'GET') {
        flood(response, (index) => `${JSON.stringify([index, PADDING])}\n`, COUNT);
        return;
      }
      void (async () => {
        for await (const chunk of request) {
          uploaded += (chunk as Buffer).length;
          // Slower than the source.
          if (uploaded % (4 * MIB) < (chunk as Buffer).length) await setTimeout(5);
        }
        response.end('"stored"\n');
      })();
    });
    const relay = spawn(process.execPath, [
      '--expose-gc',
      '--import=tsx',
      fileURLToPath(new URL('../support/memoryOfPulling.ts', import.meta.url)),
      way,
      server.url,
      server.url,
    ]);
    onTestFinished(() => {
      relay.kill();
    });
    const [output, complaints] = await Promise.all([text(relay.stdout), text(relay.stderr)]);
    expect(complaints).toBe('');
    const { rows, growth } = JSON.parse(output) as { rows: number; growth: number };
    expect(rows).toBe(COUNT);
    if (way === 'upload') expect(uploaded).toBeGreaterThan((COUNT / 2) * PADDING.length);
    expect(growth).toBeLessThan(48 * MIB);
  });
});
