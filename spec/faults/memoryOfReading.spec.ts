import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { flood } from '../support/flood';
import { httpServer } from '../support/httpServer';

const MIB = 1024 * 1024;
const COUNT = 8 * 1024;
const PADDING = 'x'.repeat(64 * 1024);

describe('fromNdjsonFetch with a projection', () => {
  it('keeps its memory flat while half a gigabyte passes', async () => {
    const server = await httpServer((_, response) => {
      flood(response, (index) => `${JSON.stringify([index, PADDING])}\n`, COUNT);
    });
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--import=tsx',
      fileURLToPath(new URL('../support/memoryOfReading.ts', import.meta.url)),
      server.url,
    ]);
    expect(stderr).toBe('');
    const { values, growth } = JSON.parse(stdout) as { values: number; growth: number };
    expect(values).toBe(COUNT);
    expect(growth).toBeLessThan(64 * MIB);
  });
});
