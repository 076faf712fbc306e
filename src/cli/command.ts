import { readFile } from 'node:fs/promises';
import { stdin } from 'node:process';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { FORMATS } from './formats';
import type { Format } from './formats';

/** What is sent. */
export interface CommandRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/** What a command line asks for. */
export interface Command {
  readonly url: string;
  readonly request: CommandRequest;
  /** Unset where the content type decides. */
  readonly format: Format | undefined;
  /** Which part of each value is printed; all of it, as it came, if unset. */
  readonly path: string | undefined;
  readonly join: boolean;
  readonly messages: boolean;
  readonly until: string | undefined;
  readonly reconnect: boolean;
  /** In milliseconds. */
  readonly idleTimeout: number | undefined;
}

const ACCEPT = 'text/event-stream, application/x-ndjson;q=0.9, */*;q=0.5';

/** Reads a command line, and the file or the standard input that it names; rejects with what is wrong with it. */
export async function commandOf(args: readonly string[]): Promise<Command | 'help'> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      post: { type: 'string' },
      header: { type: 'string', multiple: true },
      format: { type: 'string' },
      json: { type: 'string' },
      join: { type: 'boolean' },
      messages: { type: 'boolean' },
      until: { type: 'string' },
      reconnect: { type: 'boolean' },
      timeout: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';

  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) throw new TypeError('Expected one URL');
  if (!/^https?:$/.test(protocolOf(url))) {
    throw new TypeError(`Expected a URL that begins with http:// or https://, got ${url}`);
  }
  const { reconnect = false, format = reconnect ? 'sse' : undefined } = values;
  if (reconnect && values.post !== undefined) {
    throw new TypeError('--reconnect: a POST can act twice, and is not sent again');
  }
  if (format !== undefined && !isFormat(format)) {
    throw new TypeError(`--format: expected ${FORMATS.join(', ')}, got ${format}`);
  }
  if (format === 'text' && values.json !== undefined) throw new TypeError('--json: text has no values');
  if (reconnect && format !== 'sse') throw new TypeError('--reconnect: only an event stream can go on');

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

const protocolOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : '');

const isFormat = (name: string): name is Format => (FORMATS as readonly string[]).includes(name);

/** Read to its end first: a body of known length is what every server takes. */
async function bodyOf(post: string): Promise<Uint8Array<ArrayBuffer>> {
  if (post === '-') return new Uint8Array(await buffer(stdin));
  if (post.startsWith('@')) return new Uint8Array(await readFile(post.slice(1)));
  return new TextEncoder().encode(post);
}

function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new TypeError(`--header: expected 'name: value', got ${line}`);
    headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
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
  if (!(ms >= 1 && ms < 2 ** 31)) throw new TypeError(`--timeout: expected seconds, got ${seconds}`);
  return ms;
}
