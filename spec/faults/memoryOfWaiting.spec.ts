import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const MIB = 1024 * 1024;

describe('Values of one character that wait for a client which does not read', () => {
  it.each(['text', 'rows', 'messages'])(
    'take no more than a small multiple of maxBufferedBytes, as %s',
    async (format) => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [
        '--expose-gc',
        '--import',
        'tsx',
        fileURLToPath(new URL('../support/memoryOfWaiting.ts', import.meta.url)),
        format,
      ]);
      expect(stderr).toBe('');
      const { growth, end } = JSON.parse(stdout) as { growth: number; end: string };
      expect(end).toBe('StreamOverflowError');
      expect(growth).toBeLessThan(2 * 8 * MIB);
    },
  );
});
