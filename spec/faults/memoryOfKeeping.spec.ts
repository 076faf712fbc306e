import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const MIB = 1024 * 1024;

describe('What is kept of long chunks', () => {
  it('keeps little more than itself in memory', { timeout: 120_000 }, async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--import=tsx',
      fileURLToPath(new URL('../support/memoryOfKeeping.ts', import.meta.url)),
    ]);
    expect(stderr).toBe('');
    const growth = Object.entries(JSON.parse(stdout) as Record<string, number>);
    expect(growth.length).toBeGreaterThan(20);
    // The chunks of each case are 30 to 60 MiB. An unfinished message may have 64 Ki characters.
    const tooMuch = growth.filter(
      ([name, bytes]) => bytes > (name.startsWith('an unfinished message') ? 0.5 : 8) * MIB,
    );
    expect(tooMuch).toEqual([]);
  });
});
