import { readFile } from 'node:fs/promises';
import { stdin } from 'node:process';
import { buffer } from 'node:stream/consumers';
import { getSystemErrorMap } from 'node:util';
import { FORMATS } from './formats';
import type { Format } from './formats';
import { optionsOf } from './optionsOf';

/** The request that a command sends. */
export interface CommandRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/** A command line, checked and with its defaults. */
export interface Command {
  readonly url: string;
  readonly request: CommandRequest;
  /** The format of the stream. If unset, the content type decides. */
  readonly format: Format | undefined;
  /** The path of the part of each value to print. If unset, the whole value is printed unchanged. */
  readonly path: string | undefined;
  readonly join: boolean;
  readonly messages: boolean;
  readonly until: string | undefined;
  readonly reconnect: boolean;
  /** Maximum wait for the next byte, in milliseconds. */
  readonly idleTimeout: number | undefined;
}

const ACCEPT = 'text/event-stream, application/x-ndjson;q=0.9, */*;q=0.5';

/**
 * Reads a command line, and the file or the standard input that it names. Rejects with a `TypeError` with a message of
 * one line if the command line is wrong. No message repeats an argument, because any argument may be a secret.
 */
export async function commandOf(args: readonly string[]): Promise<Command | 'help' | 'version'> {
  const { values, positionals } = optionsOf(args);
  if (values.help) return 'help';
  if (values.version) return 'version';

  const [url, ...more] = positionals;
  if (url === undefined) throw new TypeError('Expected one URL, got none');
  if (more.length > 0) {
    throw new TypeError(`Expected one URL, got ${positionals.length}: does an argument lack its quotes?`);
  }
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : NO_URL;
  if (!/^https?:$/.test(protocol)) {
    throw new TypeError('Expected a URL that begins with http:// or https://');
  }
  if (username || password) {
    throw new TypeError("Expected a URL without a password: --header 'authorization: …' sends one");
  }
  const { reconnect = false, format = reconnect ? 'sse' : undefined } = values;
  if (reconnect && values.post !== undefined) {
    throw new TypeError('--reconnect: a POST can act twice, and is not sent again');
  }
  if (format !== undefined && !isFormat(format)) {
    throw new TypeError(`--format: expected ${FORMATS.join(', ')}`);
  }
  if (format === 'text' && values.json !== undefined) throw new TypeError('--json: text has no values');
  if (reconnect && format !== 'sse')
    throw new TypeError('--reconnect: only an event stream can be continued');

  const body = values.post === undefined ? null : await bodyOf(values.post);
  const headers = headersOf(values.header ?? []);
  if (!headers.has('accept')) headers.set('accept', ACCEPT);
  if (body && !headers.has('content-type')) {
    headers.set('content-type', isJson(body) ? 'application/json' : 'text/plain; charset=utf-8');
  }

  return {
    url,
    request: { method: body ? 'POST' : 'GET', headers, body },
    format,
    path: values.json,
    join: values.join ?? false,
    messages: values.messages ?? false,
    until: values.until,
    reconnect,
    idleTimeout: values.timeout === undefined ? undefined : millisecondsOf(values.timeout),
  };
}

const NO_URL = { protocol: '', username: '', password: '' };

const isFormat = (name: string): name is Format => (FORMATS as readonly string[]).includes(name);

/** Reads the whole body before the request is sent, because every server accepts a body of known length. */
async function bodyOf(post: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (post === '-') return new Uint8Array(await buffer(stdin));
    if (post.startsWith('@')) return new Uint8Array(await readFile(post.slice(1)));
  } catch (error) {
    // The message of the error repeats the path, which may be the body itself if that begins with @.
    const { errno = 0, code } = error as NodeJS.ErrnoException;
    const what = post === '-' ? 'the standard input' : 'the file after @';
    // eslint-disable-next-line preserve-caught-error -- the cause repeats the path
    throw new TypeError(`--post: ${what} cannot be read: ${getSystemErrorMap().get(errno)?.[1] ?? code}`);
  }
  return new TextEncoder().encode(post);
}

function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new TypeError("--header: expected 'name: value'");
    try {
      headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    } catch {
      throw new TypeError(
        "--header: expected 'name: value' as HTTP allows them, without line breaks, in Latin-1",
      );
    }
  }
  return headers;
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body));
    return true;
  } catch {
    return false;
  }
}

function millisecondsOf(seconds: string): number {
  const ms = Number(seconds) * 1_000;
  if (!(ms >= 1 && ms < 2 ** 31)) throw new TypeError('--timeout: expected seconds');
  return ms;
}
