import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Runs a module in a realm that has the language alone: no stream, no `fetch`, no `TextEncoder`, no timer. */
async function load(entry: string): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: [`src/${entry}.ts`],
    alias: { 'rxjs-http-streams': './src/index.ts' },
    bundle: true,
    format: 'iife',
    globalName: 'library',
    platform: 'browser',
    write: false,
  });
  return runInContext(`${outputFiles[0]!.text}; library`, createContext());
}

describe('an import', () => {
  it.each([
    ['index', 'fromEventSource'],
    ['testing', 'marbleFetch'],
    ['redis', 'redisLog'],
  ])(
    'of %s asks nothing of its platform, which a test environment may complete later',
    async (entry, name) => {
      expect(await load(entry)).toHaveProperty(name, expect.any(Function));
    },
  );
});
