import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromChunkedFetch } from 'rxjs-http-streams';
import { eachValueFrom } from 'rxjs-for-await';
import { expect, it } from 'vitest';

it('a stream can be read with for await, and leaving the loop aborts its request', async () => {
  let closed: () => void;
  const left = new Promise<void>((resolve) => (closed = resolve));
  const server = createServer((_, response) => {
    response.on('close', () => {
      closed();
    });
    response.write('one');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  for await (const text of eachValueFrom(fromChunkedFetch(url))) {
    expect(text).toBe('one');
    break;
  }
  await left;
  server.close();
});
