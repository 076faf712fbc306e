import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { fromEventSource } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { describe, expect, it } from 'vitest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';
import { anywhere, originOf } from './listening';

forbidUnhandledRejections();

const http = { createServer: (listener: RequestListener) => anywhere(createServer(listener)) };

describe('the README: A deploy without a loss', () => {
  it('cuts its clients off at SIGTERM, closes, and ends its source', async () => {
    const messages = producer<{ id: string; data: string }>();
    const process = new EventEmitter();
    const { server } = await evaluate<{ server: Server }>(
      'A deploy without a loss',
      { message$: messages.source, process },
      { modules: { 'node:http': http, 'rxjs-http-streams/node': node } },
    );
    const client = record(fromEventSource(await originOf(server), { reconnect: false }));
    await messages.observedBy(1);

    const closed = once(server, 'close');
    process.emit('SIGTERM');
    await closed;
    await messages.observedBy(0);
    await client.ended();
    expect(client.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });
});
