import { spawn } from 'node:child_process';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ticks } from '../../examples/s1-ticks/ticks';
import { chat } from '../../examples/s5-chat/chat';
import { speak } from '../../examples/s5-chat/localModel';
import { chunkedText } from '../../examples/s6-chunked-text/chunkedText';
import { root } from '../support/root';
import { HOUR } from './beats';
import { cutAt } from './cutAt';
import { listening, served } from './served';
import { stopSignal } from './stopSignal';

interface Run {
  exitCode: number | null;
  /** The lines that are not blank. */
  lines: string[];
}

/** The demo with these arguments; `onOutput` is told whenever it has printed. */
function run(
  args: string[],
  env: NodeJS.ProcessEnv = {},
  onOutput: (interrupt: () => void) => void = () => undefined,
): Promise<Run> {
  const demo = spawn(process.execPath, ['--import=tsx', 'examples/demo/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, OPENAI_BASE_URL: undefined, OPENAI_API_KEY: undefined, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    demo.kill();
  });
  let output = '';
  demo.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    onOutput(() => demo.kill('SIGINT'));
  });
  return new Promise((resolve, reject) => {
    demo.on('error', reject).on('close', (exitCode) => {
      resolve({ exitCode, lines: output.match(/.+/g) ?? [] });
    });
  });
}

describe('npm run demo', () => {
  it('reads five streams, each to the end it should have, and sums up', async () => {
    const { exitCode, lines } = await run([]);

    expect(lines.slice(-5)).toEqual([
      expect.stringMatching(/^ticks +[1-9]\d* values? +0 reconnects +stopped by you$/),
      expect.stringMatching(/^clock +[1-9]\d* values? +0 reconnects +stopped by you$/),
      expect.stringMatching(/^numbers +20 values +1 reconnect +completed$/),
      expect.stringMatching(/^chat +[1-9]\d* values? +0 reconnects +stopped by you$/),
      expect.stringMatching(/^text +12 values +0 reconnects +completed$/),
    ]);
    expect(exitCode).toBe(0);
  }, 60_000);
});

describe('npm run demo -- <url>', () => {
  it('prints an event stream with one request', async () => {
    const { origin, exchanges } = await listening((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end('data: one\n\nevent: two\ndata: 2\n\n');
    });

    const { exitCode, lines } = await run([origin]);

    expect(lines).toEqual(['one', 'two: 2', '— 2 values  0 reconnects  completed']);
    expect(exitCode).toBe(0);
    expect(exchanges).toHaveLength(1);
  });

  it('resumes an event stream that was cut', async () => {
    const { origin, exchanges } = await listening(({ headers }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (headers['last-event-id']) response.end('id: 2\ndata: two\n\n');
      else response.write('id: 1\ndata: one\n\nid: 2\nda', () => response.destroy());
    });

    const { lines } = await run([origin]);

    expect(lines).toEqual(['one', 'two', '— 2 values  1 reconnect  completed']);
    expect(exchanges).toHaveLength(2);
  });

  it('prints NDJSON with one request, and tells that it was cut off', async () => {
    const { origin, exchanges } = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"a":1}\n{"a":');
    });

    const { exitCode, lines } = await run([origin]);

    expect(lines).toEqual(['{"a":1}', expect.stringMatching(/^— 1 value {2}0 reconnects {2}cut off: /)]);
    expect(exitCode).toBe(1);
    expect(exchanges).toHaveLength(1);
  });

  it('prints anything else as text', async () => {
    const { origin } = await served(chunkedText({ interval: 0, count: 2 }));

    const { exitCode, lines } = await run([origin]);

    expect(lines.slice(0, 2)).toEqual(['data chunk 0', 'data chunk 1']);
    expect(lines.at(-1)).toMatch(/^— .+ completed$/);
    expect(exitCode).toBe(0);
  });

  it('says why a server that refuses did', async () => {
    const { origin } = await served(ticks());

    const { exitCode, lines } = await run([origin]);

    expect(lines).toEqual([expect.stringMatching(/failed: .*got 400 Bad Request: Expected JSON/)]);
    expect(exitCode).toBe(1);
  });

  it('leaves the server on Ctrl-C', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(chunkedText({ interval: HOUR, onStop }));

    const { exitCode, lines } = await run([origin], {}, (interrupt) => {
      interrupt();
    });

    await firstValueFrom(stopped$);
    expect(lines).toEqual(['data chunk 0', '— 1 value  0 reconnects  stopped by you']);
    expect(exitCode).toBe(130);
  });
});

describe('npm run demo -- --chat', () => {
  it('has the local server answer', async () => {
    const { exitCode, lines } = await run(['--chat', 'Hi']);

    expect(lines[0]).toMatch(/^An Observable crosses HTTP .+ Voilà ✓$/);
    expect(lines.at(-1)).toMatch(/ completed$/);
    expect(exitCode).toBe(0);
  });

  it('asks the service that the environment names', async () => {
    const { origin, exchanges } = await served(chat({ model: () => speak('Fine, thank you.', 0) }));

    const { exitCode, lines } = await run(['--chat', 'How are you?'], {
      OPENAI_BASE_URL: `${origin}/v1`,
      OPENAI_API_KEY: 'secret',
    });

    expect(exchanges[0]?.request.headers.authorization).toBe('Bearer secret');
    expect(lines).toEqual(['Fine, thank you.', '— 3 values  0 reconnects  completed']);
    expect(exitCode).toBe(0);
  });

  it('reports an answer without [DONE] as cut off', async () => {
    const { origin } = await served(cutAt(' you', chat({ model: () => speak('Fine, thank you.', 0) })));

    const { exitCode, lines } = await run(['--chat', 'How are you?'], { OPENAI_BASE_URL: `${origin}/v1` });

    expect(lines).toEqual(['Fine, thank', expect.stringMatching(/cut off/)]);
    expect(exitCode).toBe(1);
  });

  it('tells in one line why a service refused', async () => {
    const { origin } = await listening((_request, response) => {
      response.writeHead(401).end('{\n  "error": {\n    "message": "No key"\n  }\n}\n');
    });

    const { exitCode, lines } = await run(['--chat', 'Hi'], { OPENAI_BASE_URL: `${origin}/v1` });

    expect(lines).toEqual([expect.stringMatching(/failed: .*401 Unauthorized: .*"message": "No key"/)]);
    expect(exitCode).toBe(1);
  });
});
