import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { toNdjsonResponse } from 'rxjs-http-streams';
import type { BodySource } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { webServer } from '../support/webServer';

/** Takes a body as fast as it comes, in a process of its own: it must not depend on the turns of the server. */
const GREEDY = "require('node:http').get(process.argv[1], (response) => response.resume())";
/** Some 10 MB: a body rests after each 2 MiB. */
const ROWS = 50_000;
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

/** The turns that a server has from the first row of a body to its last, which a client takes as fast as it can. */
async function turnsWhileMaking(rows: (look: () => void) => BodySource<object>): Promise<number> {
  const count = turns();
  const seen: number[] = [];
  const source = rows(() => seen.push(count()));
  const { url } = await webServer((request) => toNdjsonResponse(source, { request }));
  await once(spawn(process.execPath, ['-e', GREEDY, url], { stdio: 'inherit' }), 'exit');
  const [before = 0, after = 0] = seen;
  return after - before;
}

// A body that an async generator makes writes each row by itself, which takes a busy machine half a minute.
describe('A server whose client takes all at once', { timeout: 60_000 }, () => {
  it('has its turns while it makes what a generator gives', async () => {
    function* rows(look: () => void): Generator<object> {
      look();
      for (let row = 0; row < ROWS; row++) yield ROW;
      look();
    }
    expect(await turnsWhileMaking(rows)).toBeGreaterThan(3);
  });

  it('has its turns while it makes what an async generator gives that never waits', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- the case in point
    async function* rows(look: () => void): AsyncGenerator<object> {
      look();
      for (let row = 0; row < ROWS; row++) yield ROW;
      look();
    }
    expect(await turnsWhileMaking(rows)).toBeGreaterThan(3);
  });
});
