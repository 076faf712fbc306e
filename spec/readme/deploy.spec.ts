import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromEventSource } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { describe, expect, it } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

/** A server that listens on a free port, whichever it is told. */
const anywhere = (listener: RequestListener): Server => {
  const server = createServer(listener);
  const listen = server.listen.bind(server) as (port: number, host: string) => Server;
  return Object.assign(server, { listen: () => listen(0, '127.0.0.1') });
};

describe('the README: A deploy without a loss', () => {
  it('cuts its clients off at SIGTERM, closes, and ends its source', async () => {
    const messages = producer<{ id: string; data: string }>();
    const process = new EventEmitter();
    const { server } = await evaluate<{ server: Server }>(
      'A deploy without a loss',
      { message$: messages.source, process },
      { modules: { 'node:http': { createServer: anywhere }, 'rxjs-http-streams/node': node } },
    );
    if (!server.listening) await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = record(fromEventSource(url, { reconnect: false }));
    await messages.observedBy(1);

    const closed = once(server, 'close');
    process.emit('SIGTERM');
    await closed;
    await messages.observedBy(0);
    await client.ended();
    expect(client.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });
});
