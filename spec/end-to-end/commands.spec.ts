import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { chat } from '../../examples/s5-chat/chat';
import { speak } from '../../examples/s5-chat/localModel';
import { installedRedis } from '../support/installedRedis';
import { root } from '../support/root';
import { served } from './served';

/** Runs the one command of an example, which has to exit with 0 by itself, and returns its output. */
async function run(example: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const command = spawn(process.execPath, ['--import=tsx', `examples/${example}/main.ts`], {
    cwd: root,
    env: { ...process.env, OPENAI_BASE_URL: undefined, OPENAI_API_KEY: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => command.once('exit', resolve));
  const [output, complaints, exitCode] = await Promise.all([
    text(command.stdout),
    text(command.stderr),
    exited,
  ]);
  expect({ complaints, exitCode }).toEqual({ complaints: '', exitCode: 0 });
  return output;
}

describe.concurrent('the one command of each example', () => {
  it.each([
    ['s1-ticks', /^(?=.*B start\n.*B \{.*B abort\n)(A \{.*\n|B .*\n)+$/s],
    ['s2-clock', /^page: http[^\n]*\n(\d{4}-\d\d-\d\dT[\d:.]*Z\n){5}$/],
    ['s3-numbers', /^page: .*\n#1 .*\n#2 .*\n#3 .*\ncut, reconnecting …\n#4 .*\n#5 .*\n#6 .*\n$/],
    ['s4-web-standard', /^(\{"n":\d,"time":"[^"]*"\}\n){5}$/],
    ['s5-chat', /“next”.*\[stopped\].*\[cut off: .*Voilà ✓\n\[finished\]\n\n$/s],
    ['s6-chunked-text', /chunk 4\n\[.*finally\]\n.*chunk 2\n\[.*finally\]\nStreamNetworkError: .*\n$/s],
    [
      'deploy',
      /^20 clients .*\nProcess .* with code 0\.\n20 of them .*\nEach has seen each number once, .*\n$/,
    ],
    ['s7-relay', /client leaves\.\n\[upstream has stopped\]\nWhat I say.*\n\[upstream has stopped\]\n$/],
  ])(
    'runs %s to its end',
    async (example, output) => {
      expect(await run(example)).toMatch(output);
    },
    60_000,
  );

  it.skipIf(!installedRedis)(
    'runs many-servers to its end, in which every client has seen every number',
    async () => {
      expect(await run('many-servers')).toMatch(
        /^page: .*\n(After number .* is killed.*\n){3}(client \d+: 100 numbers .*, each once and in order\n){10}$/,
      );
    },
    60_000,
  );

  it('says in a word that many-servers needs a Redis, where there is none', async () => {
    expect(await run('many-servers', { REDIS_SERVER: '/nowhere/redis-server' })).toMatch(
      /^There is no redis-server here.*\n$/,
    );
  }, 60_000);

  it('runs s5-chat against the service that the environment names', async () => {
    const { origin, exchanges } = await served(chat({ model: () => speak('Fine, thank you.', 0) }));

    const output = await run('s5-chat', { OPENAI_BASE_URL: `${origin}/v1`, OPENAI_API_KEY: 'secret' });

    expect(output).toMatch(/Fine, thank you\.\n\[finished\]\n\n$/);
    expect(exchanges.map(({ request }) => request.headers.authorization)).toEqual(
      Array.from({ length: 3 }, () => 'Bearer secret'),
    );
  }, 60_000);
});
