const row = 'interface Row { readonly id: number }';

const auth = 'declare const auth: { readonly token$: Observable<string>; renew(): Observable<string> };';
const price = 'interface Price { readonly price: number }';

const express = `
import type { Express } from 'express';
declare const app: Express, price$: Observable<{ readonly price: number }>;`;

const hono = `
import type { Hono } from 'hono';
declare const app: Hono, price$: Observable<{ readonly price: number }>;`;

/**
 * The code before a snippet in its user's file: imports beyond RxJS and this library, and the user's own declarations.
 * The README leaves both out. A snippet without an entry here needs neither.
 */
export const preludes: Readonly<Record<string, string>> = {
  'src/testing/marbleFetch.ts': `import { expect } from 'vitest';`,
  'What a source may be': 'declare const upstream: string;',
  'A header of every request': 'declare const token: string;',
  'A fresh token for every attempt': auth,
  'One new token after a 401': `${auth}\ndeclare const body: string;`,
  'A signed URL': 'declare const sign: (path: string, query: Record<string, string>) => Promise<URL>;',
  'How the stream ended': 'declare const log: (what: string, error?: unknown) => void;',
  'A button that reconnects at once': 'declare const retryNow$: Observable<unknown>;',
  'Text and bytes': 'declare const output: HTMLElement;',
  'A progress bar': 'declare const bar: HTMLProgressElement;',
  'JSON that is not one value a line': row,
  'An error ends a stream, not the page': `
declare const question$: Observable<string>;
declare const messageOf: (error: unknown) => string;`,
  'JSON where events were asked for': 'declare const body: string;',
  'Errors in a log': 'declare const log: { error(message: string, details: object): void };',
  'How a stream ends': `
declare const rows: unknown[];
declare const show: (text: string) => void;`,
  'An end that is marked': 'declare const body: string, stop$: Observable<unknown>;',
  'Slow consumers': `${row}\ndeclare const save: (row: Row) => Promise<void>;`,
  'Lines that are not JSON': row,
  'Integers beyond 2^53': `${row}\ndeclare const parseLossless: (text: string) => unknown;`,
  'Stop, and the end of an answer': 'declare const body: string, stop$: Observable<unknown>;',
  'An error inside of a stream': 'declare const body: string;',
  'A limit on the whole duration': 'declare const answer$: Observable<string>;',
  'Retry for NDJSON': row,
  'A loop over rows': row,
  'Rows from a file': row,
  'Rows from a file 2': `
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
${row}
declare const store: (row: Row) => Promise<number>;`,
  'A compressed archive': row,
  'A feed in gzip, live': 'declare const price$: Observable<{ readonly data: string }>;',
  'A feed in gzip that fetch does not decompress': row,
  'An upload in gzip': `
${row}
interface Receipt { readonly rows: number }
declare const row$: Observable<Row>;`,
  'An upload and its answer': `
${row}
interface Receipt { readonly rows: number }
declare const row$: Observable<Row>;`,
  'A consumer that continues after a restart':
    'declare const handle: (message: SseMessage) => Promise<void>;',
  'A download that continues at a byte': row,
  'A command that tells why it failed': row,
  'A Stop button': 'declare const question$: Observable<string>, stop$: Observable<unknown>;',
  'A POST that is continued by a GET':
    'declare const call: { readonly jsonrpc: "2.0"; readonly id: number; readonly method: string };',
  'A background response of OpenAI': 'declare const body: string;',
  'Messages of several types': `
import { z } from 'zod';
declare const bar: HTMLProgressElement;`,
  'A relay in flat memory': 'interface Row { readonly id: number; readonly ok: boolean }',
  'Code that wants addEventListener': `
interface Tick { readonly type: 'tick'; readonly data: number }`,
  'A streaming upload': `${row}\ndeclare const url: string;`,
  "A relay of an SDK's stream": `import OpenAI from 'openai';`,
  'One stream, many clients, encoded once, without resuming': 'declare const price$: Observable<number>;',
  'One feed for many clients':
    'declare const price$: Observable<{ readonly share: string; readonly price: number }>;',
  'An answer that outlives its request':
    'declare const ask: (question: string) => Observable<{ readonly data: string }>;',
  'Before the first byte': `
declare class QuotaError extends Error {}
declare const row$: Observable<{ readonly id: number }>;`,
  'A failure that every client can read': 'declare const token$: Observable<string>;',
  'How a body ended onEnd': 'declare const message$: Observable<{ readonly data: string }>;',
  'A handler that fails': `
import { nodeHandler } from 'rxjs-http-streams/node';
declare const handler: (request: Request) => Response;`,
  'Stop the work of a client that has disconnected':
    'declare const query: (url: string, init: { signal: AbortSignal }) => Promise<readonly unknown[]>;',
  'Code that has req and res': 'declare const feed: () => Observable<{ readonly data: string }>;',
  'Shut down a server of Node': `
import type { RequestListener } from 'node:http';
declare const listener: RequestListener;`,
  'Check before the stream begins': `
import { ForbiddenException } from '@nestjs/common';
import { nodeHandler } from 'rxjs-http-streams/node';
declare const mayRead: (request: Request) => Promise<boolean>, feed: () => Observable<{ readonly data: string }>;`,
  'The source of each client':
    'declare const pricesAfter: (id: string | undefined) => Observable<{ readonly id: string; readonly data: number }>;',
  'Shut down Next': 'declare const feed: () => Observable<{ readonly data: string }>;',
  'Shut down Bun and Deno': 'declare const feed: () => Observable<{ readonly data: string }>;',
  'Rows as fast as the client reads': `
interface Cursor { next(): Promise<{ readonly id: number } | undefined>; close(): Promise<void> }
declare const database: { open(query: string): Promise<Cursor> };`,
  'A log with the ID of the request': 'declare const row$: Observable<{ readonly id: number }>;',
  'Another origin CORS': 'declare const feed: () => Observable<{ readonly data: string }>;',
  'A heartbeat for NDJSON': 'declare const row$: Observable<{ readonly id: number }>;',
  'A deploy without a loss':
    'declare const message$: Observable<{ readonly id: string; readonly data: string }>;',
  'The change for Redis': `
import { createClient } from 'redis';
import { redisLog } from 'rxjs-http-streams/redis';
declare const price$: Observable<{ readonly price: number }>;`,
  'A log of its own': 'declare const price$: Observable<{ readonly price: number }>;',
  'Only the latest price of each share for a slow client':
    'declare const price$: Observable<{ readonly share: string; readonly price: number }>;',
  'Which one': `
declare const price$: Observable<{ readonly data: number }>;
declare const log: MessageLog;`,
  'Kafka and NATS as a source': `
interface Consumed { readonly partition: number; readonly offset: string; readonly value: string }
declare const consumed$: Observable<Consumed>, topicId: string;`,
  'A log of your own 2': `
import { describe, it } from 'vitest';
declare const openLog: () => MessageLog;`,
  'Before, with EventSource': price,
  'After EventSource': price,
  'Before, with eventsource': `${price}\ndeclare const token: () => string;`,
  'After eventsource': `${price}\ndeclare const token: () => string;`,
  'Before, with ngx-sse-client': price,
  'After ngx-sse-client': price,
  'Before, with HttpClient': row,
  'After HttpClient': row,
  'Before, with better-sse': express,
  'After better-sse': express,
  'Before, with streamSSE': hono,
  'After streamSSE': hono,
  'Marbles no promise in the chain': `
import { TestScheduler } from 'rxjs/testing';
import { expect, it } from 'vitest';`,
  'Fake timers advance them asynchronously': `import { expect, it, vi } from 'vitest';`,
  'Angular fakeAsync': `import { expect, it } from 'vitest';`,
  'Streams for a front end 2': `
import type { HttpHandler } from 'msw';
declare const handlers: HttpHandler[];`,
  'A real server on loopback': `import { expect, it } from 'vitest';`,
  'The two tests': `import { expect, it } from 'vitest';`,
  'The two tests 2': `import { expect, it } from 'vitest';`,
};
