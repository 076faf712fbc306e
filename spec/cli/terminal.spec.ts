import { spawnSync } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { bundled } from '../support/bundled';
import { commandRun, terminalRun } from '../support/commandRun';
import type { CommandEnd, CommandRun } from '../support/commandRun';
import { httpServer } from '../support/httpServer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const HOSTILE = 'a\x1b[2Jb\x1b]0;title\x07c\x9b31md\x7fe\u202ef\u200bg';
const SHOWN = 'a\\x1b[2Jb\\x1b]0;title\\x07c\\x9b31md\\x7fe\\u202ef\\u200bg';
/** JSON escapes those that it must, and leaves the rest. */
const JSON_SHOWN = SHOWN.replaceAll('\\x1b', '\\u001b').replace('\\x07', '\\u0007');

const answering = async (answer: (response: ServerResponse) => void): Promise<string> => {
  const { url } = await httpServer((_, response) => {
    answer(response);
  });
  return url;
};
const giving = (contentType: string, body: string): Promise<string> =>
  answering((response) => response.writeHead(200, { 'content-type': contentType }).end(body));
const refusing = (body: string): Promise<string> =>
  answering((response) => response.writeHead(500).end(body));

const FORMATS = [
  [
    'messages',
    'text/event-stream',
    `data: ${HOSTILE}\ndata:\tsecond line\n\n`,
    `${HOSTILE}\n\tsecond line\n`,
    `${SHOWN}\n\tsecond line\n`,
  ],
  [
    'NDJSON',
    'application/x-ndjson',
    `${JSON.stringify(HOSTILE)}\n`,
    `${JSON.stringify(HOSTILE)}\n`,
    `"${JSON_SHOWN}"\n`,
  ],
  [
    'text',
    'text/plain; charset=utf-8',
    `${HOSTILE}\n\tsecond line\r\n`,
    `${HOSTILE}\n\tsecond line\r\n`,
    `${SHOWN}\n\tsecond line\n`,
  ],
] as const;

const cli = await bundled('src/cli.ts');
const line = (...args: readonly string[]): string =>
  [process.execPath, cli, ...args].map((part) => `'${part}'`).join(' ');
const onTerminal = (...args: readonly string[]): CommandRun => terminalRun(line(...args));
const intoPipe = (...args: readonly string[]): Promise<CommandEnd> => commandRun(cli, args).ended;

/** The text that the terminal shows, without the carriage returns of its line ends. */
const shownBy = async ({ ended }: CommandRun): Promise<string> =>
  (await ended).output.replace(/\r+\n/g, '\n');

describe('into a pipe', () => {
  it.each(FORMATS)('%s are as they are', async (_, contentType, body, output) => {
    expect(await intoPipe(await giving(contentType, body))).toEqual({ exitCode: 0, output, complaints: '' });
  });

  it('a refusal is as it is, and shortened', async () => {
    const { exitCode, complaints } = await intoPipe(await refusing(`${HOSTILE}\n${'x'.repeat(60_000)}`));
    expect(exitCode).toBe(2);
    expect(complaints).toContain(`rxjs-http-streams: refused: 500 Internal Server Error\n${HOSTILE}\nxxx`);
    expect(complaints.length).toBeLessThan(2_100);
  });

  it('a character is whole of which two values have a half each', async () => {
    const url = await giving('application/x-ndjson', '{"a":"\\ud83d"}\n{"a":"\\ude00"}\n');
    expect(await intoPipe('--json', 'a', '--join', url)).toMatchObject({ output: '😀' });
  });
});

/** Makes terminals on Linux; the program of this name on other systems takes other options. */
const { stdout } = spawnSync('bash', ['-c', 'script --version'], { encoding: 'utf8' });

describe.runIf(stdout.includes('util-linux'))('on a terminal', () => {
  it.each(FORMATS)('%s show what would act on it', async (_, contentType, body, __, shown) => {
    expect(await shownBy(onTerminal(await giving(contentType, body)))).toBe(shown);
  });

  it.each([
    ['--messages', ['--messages'], 'data: \x9b\n\n', '{"type":"message","data":"\\x9b","id":""}\n'],
    ['--json', ['--json', 'a'], 'data: {"a":"\\u001b[2J\\u202e"}\n\n', '\\x1b[2J\\u202e\n'],
    ['--until', ['--until', 'END'], 'data: \x1b[2J\n\ndata: END\n\n', '\\x1b[2J\n'],
  ])('so with %s', async (_, options, body, shown) => {
    expect(await shownBy(onTerminal(...options, await giving('text/event-stream', body)))).toBe(shown);
  });

  it('so where a sequence comes in two chunks', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('one\x1b');
    });
    const run = onTerminal(server.url);
    await run.printed('one\\x1b');
    (await server.exchange(1)).response.end('[2Jtwo');
    expect(await shownBy(run)).toBe('one\\x1b[2Jtwo\n');
  });

  it.each([
    ['a text', 'text/plain', 'one', 'one\n'],
    ['a text that has one', 'text/plain', 'one\n', 'one\n'],
    ['values', 'application/x-ndjson', '1\n', '1\n'],
    ['nothing', 'text/plain', '', ''],
  ])('the output ends with one line break after %s', async (_, contentType, body, shown) => {
    expect(await shownBy(onTerminal(await giving(contentType, body)))).toBe(shown);
  });

  it('a message stands on a line of its own', async () => {
    const url = await giving('text/event-stream', 'data: one\n\n');
    expect(await shownBy(onTerminal('--join', '--until', '[DONE]', url))).toBe(
      'one\nrxjs-http-streams: cut off: The stream ended without its end marker\n',
    );
  });

  it('so does one about a reconnection, behind a value without a line break', async () => {
    const server = await httpServer((_, response) => {
      if (server.exchanges.length > 1) response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'text/event-stream' }).end('retry: 1\ndata: one\n\n');
    });
    expect(await shownBy(onTerminal('--join', '--reconnect', server.url))).toMatch(
      /^one\nrxjs-http-streams: the server ended the stream; reconnecting in .* s\n$/,
    );
  });

  it('the prompt does so after Ctrl-C', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('one');
    });
    const run = onTerminal(url);
    await run.printed('one');
    run.child.stdin?.write('\x03');
    expect(await shownBy(run)).toBe('one^C\n');
    expect(await run.ended).toMatchObject({ exitCode: 130 });
  });

  it('so does a hint', async () => {
    const url = await giving('text/event-stream', 'data: [DONE]\n\n');
    expect(await shownBy(onTerminal('--join', url))).toMatch(/^\[DONE\]\nrxjs-http-streams: .*see --help\n$/);
  });

  it('so a refusal', async () => {
    expect(await shownBy(onTerminal(await refusing(`${HOSTILE}\r\n\tsecond line`)))).toBe(
      `rxjs-http-streams: refused: 500 Internal Server Error\n${SHOWN}\n\tsecond line\n`,
    );
  });

  it('so data that is not what was expected', async () => {
    const url = await giving('text/event-stream', `data: ${HOSTILE}\n\n`);
    const shown = await shownBy(onTerminal('--json', 'a', url));
    expect(shown).toContain(`expected JSON, got ${SHOWN}`);
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('the standard output alone, where the standard error goes elsewhere', async () => {
    const url = await giving('text/event-stream', `data: ${HOSTILE}\n\ndata: {\n\n`);
    const { output } = await terminalRun(`${line('--json', '.', url)} 2>&1 >/dev/null | cat`).ended;
    expect(output).toContain(`expected JSON, got ${HOSTILE}`);
  });

  it('the standard error alone, where the standard output goes elsewhere', async () => {
    const url = await answering((response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(`data: ${JSON.stringify(HOSTILE)}\n\ndata: ${HOSTILE}\n\n`);
    });
    const shown = await shownBy(terminalRun(`${line('--json', '.', url)} | cat`));
    expect(shown).toContain(`${HOSTILE}\n`);
    expect(shown).toContain(`expected JSON, got ${SHOWN}`);
  });
});
