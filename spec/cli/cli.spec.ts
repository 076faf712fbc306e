import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { concat, of, throwError } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BUFFERS, flood } from '../support/flood';
import type { Flood } from '../support/flood';
import { version as packageVersion } from '../../package.json';
import { bundled } from '../support/bundled';
import { commandRun } from '../support/commandRun';
import type { CommandEnd, CommandRun } from '../support/commandRun';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

const SSE = 'text/event-stream';
const NDJSON = 'application/x-ndjson';

const cli = await bundled('src/cli.ts');
const run = (...args: readonly string[]): CommandRun => commandRun(cli, args);
const end = (...args: readonly string[]): Promise<CommandEnd> => run(...args).ended;

/** A server that gives this body to every request, whole. */
const giving = async (contentType: string, body: string): Promise<string> => {
  const { url } = await httpServer((_, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(body);
  });
  return url;
};

const chunkOf = (content: string | null): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('rxjs-http-streams <url>', () => {
  it('prints the data of messages as they arrive, and ends well', async () => {
    const messages = producer({ type: 'tick', data: 'one' });
    const { url } = await webServer((request) => toSseResponse(messages.source, { request }));
    const { printed, ended } = run(url);
    await printed('one\n');
    messages.next({ type: 'tick', data: 'two\nlines' });
    await printed('two\nlines\n');
    messages.complete();
    expect(await ended).toEqual({ exitCode: 0, output: 'one\ntwo\nlines\n', complaints: '' });
    expect(messages.subscriptions()).toBe(1);
  });

  it('prints the values of NDJSON as they arrive, and ends well', async () => {
    const rows = producer({ row: 1 });
    const { url } = await webServer((request) => toNdjsonResponse(rows.source, { request }));
    const { printed, ended } = run(url);
    await printed('{"row":1}\n');
    rows.next({ row: 2 });
    await printed('{"row":2}\n');
    rows.complete();
    expect(await ended).toMatchObject({ exitCode: 0, output: '{"row":1}\n{"row":2}\n' });
    expect(rows.subscriptions()).toBe(1);
  });

  it('prints anything else as it comes', async () => {
    const body = '{\n  "Grüße": "日本"\n}';
    expect(await end(await giving('application/json', body))).toMatchObject({ exitCode: 0, output: body });
  });

  it('reads what --format says, whatever the content type', async () => {
    const url = await giving('text/plain', '{"a": 1}\n');
    expect(await end('--format', 'ndjson', url)).toMatchObject({ exitCode: 0, output: '{"a":1}\n' });
  });

  it('prints messages whole with --messages', async () => {
    const url = await giving(SSE, 'id: 7\nevent: tick\ndata: 1\n\n');
    expect(await end('--messages', url)).toMatchObject({ output: '{"type":"tick","data":"1","id":"7"}\n' });
  });
});

describe('--json', () => {
  it('prints a part of each JSON value, and nothing where there is none', async () => {
    const url = await giving(
      SSE,
      chunkOf(null) + chunkOf('Hel') + chunkOf('lo') + 'data: {"choices":[]}\n\n',
    );
    expect(await end('--json', 'choices.0.delta.content', url)).toMatchObject({
      exitCode: 0,
      output: 'Hel\nlo\n',
    });
  });

  it('takes what is neither messages nor known as NDJSON for NDJSON', async () => {
    const url = await giving('application/json', '{"a":{"b":[1]}}\n{"a":{"b":[2]}}\n');
    expect(await end('--json', 'a.b', url)).toMatchObject({ exitCode: 0, output: '[1]\n[2]\n' });
  });

  it('says at the end that no value has the path, without repeating it', async () => {
    const url = await giving(SSE, chunkOf('Hel') + chunkOf('lo'));
    expect(await end('--json', 'choices.S3CRET', url)).toEqual({
      exitCode: 0,
      output: '',
      complaints: 'rxjs-http-streams: --json: none of the 2 values has such a path; see --help\n',
    });
  });

  it('says so after the failure of a stream', async () => {
    const { complaints } = await end('--json', 'b', await giving(NDJSON, '{"a":1}\n{"b"'));
    expect(complaints).toMatch(
      /^rxjs-http-streams: cut off: .*\nrxjs-http-streams: --json: the one value has no such path; see --help\n$/,
    );
  });

  it('fails on data that is not JSON, after what came before', async () => {
    const url = await giving(SSE, 'data: {"a":1}\n\ndata: nonsense\n\n');
    expect(await end('--json', 'a', url)).toEqual({
      exitCode: 1,
      output: '1\n',
      complaints: expect.stringContaining('expected JSON, got nonsense') as string,
    });
  });
});

describe('--until', () => {
  const words = chunkOf('Fine, ') + chunkOf('thank you.');
  const asked = ['--until', '[DONE]', '--json', 'choices.0.delta.content', '--join'];

  it('ends at the marker without waiting for the server, joined where asked for', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': SSE }).write(`${words}data: [DONE]\n\n`);
    });
    expect(await end(...asked, server.url)).toEqual({
      exitCode: 0,
      output: 'Fine, thank you.',
      complaints: '',
    });
    await server.disconnected(1);
  });

  it('tells an end without it from one with it', async () => {
    expect(await end(...asked, await giving(SSE, words))).toEqual({
      exitCode: 3,
      output: 'Fine, thank you.',
      complaints: 'rxjs-http-streams: cut off: The stream ended without its end marker\n',
    });
  });

  const HINT =
    "rxjs-http-streams: the stream sent [DONE]: --until '[DONE]' ends there, and tells a whole answer from a cut one; see --help\n";

  it('is named to who reads a [DONE] without it, once and at the end', async () => {
    const url = await giving(SSE, 'data: one\n\ndata: [DONE]\n\ndata: [DONE]\n\n');
    expect(await end(url)).toEqual({ exitCode: 0, output: 'one\n[DONE]\n[DONE]\n', complaints: HINT });
  });

  it('is named where a path is looked up in [DONE], which fails', async () => {
    const url = await giving(SSE, `${words}data: [DONE]\n\n`);
    const { exitCode, output, complaints } = await end('--json', 'choices.0.delta.content', '--join', url);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: 'Fine, thank you.' });
    expect(complaints).toMatch(/^rxjs-http-streams: --json: expected JSON, got \[DONE\].*\n/);
    expect(complaints.endsWith(`\n${HINT}`)).toBe(true);
  });

  it('is named to who waits after a [DONE] for an end, and presses Ctrl-C', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': SSE }).write('data: [DONE]\n\n');
    });
    const { child, printed, ended } = run(url);
    await printed('[DONE]\n');
    child.kill('SIGINT');
    expect(await ended).toEqual({ exitCode: 130, output: '[DONE]\n', complaints: HINT });
  });

  it.each([
    ['a line of text', 'text/plain', 'one\ntwo\nEND\nthree\n', 'END', 'one\ntwo\n'],
    ['a value of NDJSON', NDJSON, '1\n{"end":true}\n2\n', '{"end":true}', '1\n'],
    ['a string of NDJSON', NDJSON, '"one"\n"[DONE]"\n', '[DONE]', '"one"\n'],
  ])('may be %s', async (_, contentType, body, marker, output) => {
    expect(await end('--until', marker, await giving(contentType, body))).toMatchObject({
      exitCode: 0,
      output,
    });
  });
});

describe('--post and --header', () => {
  const echoed = async (...args: readonly string[]): Promise<{ request: IncomingMessage; body: string }> => {
    let body: Promise<string> | undefined;
    const server = await httpServer((request, response) => {
      body = text(request);
      void body.then(() => response.end());
    });
    expect(await end(...args, server.url)).toMatchObject({ exitCode: 0 });
    return { request: (await server.exchange(1)).request, body: (await body) ?? '' };
  };

  it('send the text, as JSON where it is', async () => {
    const { request, body } = await echoed('--post', '{"stream":true}');
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '15' },
    });
    expect(body).toBe('{"stream":true}');
  });

  it('send a file, and the headers that are asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cli-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'rows'), 'a,b');
    const { request, body } = await echoed(
      '--post',
      `@${join(folder, 'rows')}`,
      '--header',
      'Content-Type: text/csv',
      '--header',
      'authorization: Bearer a:b',
    );
    expect(request.headers).toMatchObject({ 'content-type': 'text/csv', authorization: 'Bearer a:b' });
    expect(body).toBe('a,b');
  });

  it('send the standard input', async () => {
    const server = await httpServer((request, response) => {
      request.pipe(response.writeHead(200, { 'content-type': 'text/plain' }));
    });
    const { ended } = commandRun(cli, ['--post', '-', server.url], 'Grüße');
    expect(await ended).toMatchObject({ exitCode: 0, output: 'Grüße' });
  });
});

describe('the exit code', () => {
  it('tells a refusal, and why', async () => {
    const { url } = await httpServer((_, response) => {
      response.writeHead(401).end('{"error":"no key"}');
    });
    expect(await end(url)).toEqual({
      exitCode: 2,
      output: '',
      complaints: 'rxjs-http-streams: refused: 401 Unauthorized\n{"error":"no key"}\n',
    });
  });

  it.each([
    ['messages', SSE, 'data: one\n\nda', 'one\n'],
    ['NDJSON', NDJSON, '{"a":1}\n{"b"', '{"a":1}\n'],
    ['text', 'text/plain', 'one, tw', 'one, tw'],
  ])('tells a cut of %s, after what had come', async (_, contentType, body, output) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': contentType }).write(body);
    });
    const { printed, ended } = run(server.url);
    await printed(output);
    (await server.exchange(1)).response.destroy();
    expect(await ended).toEqual({
      exitCode: 3,
      output,
      complaints: expect.stringContaining('rxjs-http-streams: cut off: ') as string,
    });
  });

  it('tells NDJSON that ends within a value', async () => {
    expect(await end(await giving(NDJSON, '{"a":1}\n{"b"'))).toMatchObject({
      exitCode: 3,
      output: '{"a":1}\n',
      complaints: expect.stringContaining('cut off') as string,
    });
  });

  it('tells what the server says of its own failure', async () => {
    const failing = concat(
      of('one'),
      throwError(() => new Error('the secret')),
    );
    const { url } = await webServer((request) =>
      toSseResponse(failing, { request, mapError: () => 'Out of words' }),
    );
    expect(await end(url)).toEqual({
      exitCode: 5,
      output: 'one\n',
      complaints: 'rxjs-http-streams: the server failed: Out of words\n',
    });
  });

  it.each([
    ['the response', () => undefined],
    ['the next byte', (response: ServerResponse) => response.writeHead(200).write('one')],
  ])('tells silence, before %s', async (_, answer) => {
    const { url } = await httpServer((_, response) => {
      answer(response);
    });
    expect(await end('--timeout', '0.2', url)).toMatchObject({
      exitCode: 4,
      complaints: 'rxjs-http-streams: timed out: No byte came for 200 ms\n',
    });
  });

  it('tells that there is no server', async () => {
    expect(await end('http://127.0.0.1:1/')).toMatchObject({
      exitCode: 1,
      complaints: expect.stringContaining('phase: connect') as string,
    });
  });

  it('is 1 for a wrong command line, which is explained in a line that repeats nothing of it', async () => {
    expect(await end('--header', 'authorization Bearer S3CRET', 'http://a')).toEqual({
      exitCode: 1,
      output: '',
      complaints: "rxjs-http-streams: --header: expected 'name: value'; see --help\n",
    });
  });

  it('is 1 without arguments, with examples on the standard error', async () => {
    const { exitCode, output, complaints } = await end();
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(complaints).toContain('\n  npx rxjs-http-streams https://');
    expect(complaints).toMatch(/\nrxjs-http-streams: Expected one URL, got none; see --help\n$/);
  });

  it('is 1 without a URL, in a line', async () => {
    expect(await end('--join')).toMatchObject({
      exitCode: 1,
      complaints: 'rxjs-http-streams: Expected one URL, got none; see --help\n',
    });
  });

  it('is 0 for --version, which prints that of the package', async () => {
    expect(await end('--version')).toEqual({ exitCode: 0, output: `${packageVersion}\n`, complaints: '' });
  });

  it('is 0 for --help, which goes to the standard output', async () => {
    expect(await end('--help')).toEqual({
      exitCode: 0,
      output: expect.stringContaining('Exit codes') as string,
      complaints: '',
    });
  });
});

describe('a stream of events', () => {
  it('is not connected again without being asked: a cut is seen', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': SSE }).write('data: one\n\n', () => {
        setImmediate(() => response.destroy());
      });
    });
    expect(await end(server.url)).toMatchObject({ exitCode: 3, output: 'one\n' });
    expect(server.exchanges).toHaveLength(1);
  });

  it('goes on from its last event ID with --reconnect, and says so', async () => {
    const server = await httpServer(({ headers }, response) => {
      if (headers['last-event-id'] === '2') {
        response.writeHead(204).end();
        return;
      }
      response
        .writeHead(200, { 'content-type': SSE })
        .write(
          headers['last-event-id'] === '1'
            ? 'retry: 1\nid: 2\ndata: two\n\n'
            : 'retry: 1\nid: 1\ndata: one\n\n',
          () => {
            setImmediate(() => response.destroy());
          },
        );
    });
    const { exitCode, output, complaints } = await end('--reconnect', server.url);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: 'one\ntwo\n' });
    expect(complaints.match(/cut off: .*; reconnecting in 0\.1 s\n/g)).toHaveLength(2);
  });
});

describe('the process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves the server at %s, silently', async (signal) => {
    const messages = producer('one');
    const { url } = await webServer((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const { child, printed, ended } = run(url);
    await printed('one\n');
    child.kill(signal);
    await messages.observedBy(0);
    expect(await ended).toEqual({
      exitCode: signal === 'SIGINT' ? 130 : 143,
      output: 'one\n',
      complaints: '',
    });
  });

  it('ends at SIGINT also while its output is not read', async () => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      body = flood(response, () => 'x'.repeat(64 * 1024));
    });
    const { child, ended } = run(server.url);
    child.stdout.pause();
    await server.exchange(1);
    await body?.heldBack();
    child.kill('SIGINT');
    child.stdout.destroy();
    expect(await ended).toMatchObject({ exitCode: 130 });
  });

  it.each([
    ['text/plain', 'x'.repeat(64 * 1024)],
    [NDJSON, `${JSON.stringify('x'.repeat(1024))}\n`.repeat(64)],
    [SSE, `data: ${'x'.repeat(1024)}\n\n`.repeat(64)],
  ])('holds the server back while nobody reads its output, %s', async (contentType, piece) => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': contentType });
      body = flood(response, () => piece);
    });
    const { child } = run(server.url);
    child.stdout.pause();
    await server.exchange(1);
    await body?.heldBack();
    expect(body?.written()).toBeLessThan(BUFFERS);
  });

  it('ends quietly when who reads its output has left, and leaves the server', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': NDJSON });
      flood(response, (index) => `${index}\n`);
    });
    const { child, printed, ended } = run(server.url);
    await printed('0\n');
    child.stdout.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, complaints: '' });
    await server.disconnected(1);
  });

  it('ends with its exit code when who reads its messages has left', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': SSE }).write('data: [DONE]\n\n');
    });
    const { child, printed, ended } = run(server.url);
    await printed('[DONE]\n');
    child.stderr?.destroy();
    (await server.exchange(1)).response.end();
    expect(await ended).toMatchObject({ exitCode: 0, output: '[DONE]\n' });
  });

  it('does so in a pipe to head', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': NDJSON });
      flood(response, (index) => `${index}\n`);
    });
    const command = `"${process.execPath}" "${cli}" ${server.url} | head -n 2; echo "exit code $PIPESTATUS"`;
    const child = spawn('bash', ['-c', command]);
    expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual(['0\n1\nexit code 0\n', '']);
  });
});
