import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { cut } from './workloads/chunks';
import { messagesOf } from './workloads/messages';
import { linesOf } from './workloads/values';
import type { ShapeName } from './workloads/values';

/** The server of what is measured end to end, in a process of its own; it ends with the process that started it. */
const KIB = 1024;
const bodies = new Map<string, Uint8Array[]>();

function bodyOf(format: string | null, shape: ShapeName, bytes: number): Uint8Array[] {
  const key = `${format} ${shape} ${bytes}`;
  const parts = (): string[] =>
    format === 'sse' ? messagesOf(shape, 'plain', bytes).map(({ wire }) => wire) : linesOf(shape, bytes);
  const body = bodies.get(key) ?? cut(parts(), 64 * KIB);
  bodies.set(key, body);
  return body;
}

async function sendAll(response: ServerResponse, chunks: Iterable<Uint8Array>): Promise<void> {
  for (const chunk of chunks) if (!response.write(chunk)) await once(response, 'drain');
}

/** An event a millisecond, each with the time at which it was written. */
async function sendPaced(response: ServerResponse, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    if (sent > 0) await setTimeout(1);
    response.write(`data: ${process.hrtime.bigint()}\n\n`);
  }
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const format = searchParams.get('format');
  response.setHeader('content-type', format === 'ndjson' ? 'application/x-ndjson' : 'text/event-stream');
  response.flushHeaders();
  const sent =
    pathname === '/paced'
      ? sendPaced(response, Number(searchParams.get('count')))
      : sendAll(
          response,
          bodyOf(format, searchParams.get('shape') as ShapeName, Number(searchParams.get('bytes'))),
        );
  void sent.then(() => response.end());
});

server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('disconnect', () => process.exit());
