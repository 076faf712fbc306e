import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROWS = 30_000;
const MIB = 1024 * 1024;

describe('The memory of an asynchronous schema is flat while some rows always wait', () => {
  it.each(['parseJson', 'parseNdjson', 'parseMessages', 'fromNdjsonFetch', 'project'])(
    '(%s)',
    { timeout: 120_000 },
    async (operator) => {
      const running = promisify(execFile)(process.execPath, [
        '--expose-gc',
        '--import=tsx',
        fileURLToPath(new URL('../support/memoryOfValidating.ts', import.meta.url)),
        operator,
        String(ROWS),
      ]);
      onTestFinished(() => {
        running.child.kill();
      });
      const { stdout, stderr } = await running;
      expect(stderr).toBe('');
      const { values, growth } = JSON.parse(stdout) as { values: number; growth: number };
      expect(values).toBe(ROWS);
      expect(growth).toBeLessThan(4 * MIB);
    },
  );
});
