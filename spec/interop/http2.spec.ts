import type { FastifyInstance } from 'fastify';
import { connect } from 'node:http2';
import type { Http2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { Observable, map, noop } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { H2CClient, fetch as fetchOfUndici } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fastifyHttp2App } from '../../examples/frameworks/fastify';
import { servers } from '../support/documented/servers';
import type { Handler } from '../support/documented/servers';
import { failing } from '../support/failing';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** A client of its own for each stream: whoever leaves closes the connection, and with it the server. */
async function listening(server: Server): Promise<{ url: string; fetch: StreamFetch }> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dispatcher = new H2CClient(url);
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.close();
  });
  return {
    url,
    fetch: ((input, init) => fetchOfUndici(input as string, { ...init, dispatcher } as never)) as StreamFetch,
  };
}

const serving = async (handler: Handler): Promise<{ url: string; fetch: StreamFetch }> => {
  const make = servers['Fastify on HTTP/2'];
  if (!make) throw new TypeError('No such server');
  return listening(await make(handler));
};

interface Format {
  readonly name: string;
  readonly respond: (source: Observable<string>, request: Request) => Response;
  readonly read: (url: string, fetch: StreamFetch) => Observable<unknown>;
}

const readEvents: Format['read'] = (url, fetch) =>
  fromEventSource(url, { fetch, reconnect: false }).pipe(map(({ data }) => data));

const formats: readonly Format[] = [
  {
    name: 'NDJSON',
    respond: (source, request) => toNdjsonResponse(source, { request }),
    read: (url, fetch) => fromNdjsonFetch(url, { fetch }),
  },
  {
    name: 'text',
    respond: (source, request) => toChunkedResponse(source, { request }),
    read: (url, fetch) => fromChunkedFetch(url, { fetch }),
  },
  {
    name: 'SSE',
    respond: (source, request) => toSseResponse(source, { request }),
    read: readEvents,
  },
  {
    name: 'SSE without a terminal comment',
    respond: (source, request) => toSseResponse(source, { request, terminal: 'none' }),
    read: readEvents,
  },
];

describe.each(formats)('Fastify on HTTP/2 with $name', ({ respond, read }) => {
  it('shows a source that fails as an error, after all values', async () => {
    const { url, fetch } = await serving((request) => respond(failing('a', 'b'), request));
    const recording = record(read(url, fetch));
    await recording.ended();
    expect(recording.values.join('')).toBe('ab');
    expect(recording.outcome).toBe('error');
  });

  it('shows one that fails later as an error', async () => {
    const values = producer('a');
    const { url, fetch } = await serving((request) => respond(values.source, request));
    const recording = record(read(url, fetch));
    await recording.received(1);
    values.error(new Error('the secret'));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a'], outcome: 'error' });
  });

  it('shows one that fails before its first value as an error', async () => {
    const { url, fetch } = await serving((request) => respond(failing(), request));
    const recording = record(read(url, fetch));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'error' });
  });

  it('ends where its source completes', async () => {
    const values = producer('a');
    const { url, fetch } = await serving((request) => respond(values.source, request));
    const recording = record(read(url, fetch));
    await recording.received(1);
    values.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a'], outcome: 'complete' });
  });

  it('lets go of a quiet source when its client leaves', async () => {
    const values = producer('a');
    const { url, fetch } = await serving((request) => respond(values.source, request));
    const recording = record(read(url, fetch));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await values.observedBy(0);
  });
});

describe('The example for Fastify on HTTP/2', () => {
  const app = async (source: Observable<{ data: string }>): Promise<{ url: string; fetch: StreamFetch }> => {
    const instance: FastifyInstance<Http2Server> = fastifyHttp2App(source);
    await instance.ready();
    return listening(instance.server);
  };

  it('resets the stream of a source that fails with INTERNAL_ERROR', async () => {
    const values = producer({ data: 'a' });
    const { url } = await app(values.source);
    const session = connect(url);
    const stream = session.request({ ':path': '/ticks' }).on('error', noop);
    onTestFinished(() => {
      session.destroy();
    });
    await new Promise((resolve) => stream.once('data', resolve));
    values.error(new Error('the secret'));
    stream.resume();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(stream.rstCode).toBe(2);
  });

  it('delivers each message while the next is not yet made, and lets go when its client leaves', async () => {
    const values = producer({ data: 'a' });
    const { url, fetch } = await app(values.source);
    const recording = record(fromEventSource(`${url}/ticks`, { fetch }).pipe(map(({ data }) => data)));
    await recording.received(1);
    values.next({ data: 'b' });
    await recording.received(2);
    recording.subscription.unsubscribe();
    await values.observedBy(0);
    expect(recording.values).toEqual(['a', 'b']);
  });

  it('answers HEAD with the headers alone, and leaves the source alone', async () => {
    const values = producer({ data: 'a' });
    const { url, fetch } = await app(values.source);
    const response = (await fetch(`${url}/ticks`, { method: 'HEAD' })) as Response;
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(values.subscriptions()).toBe(0);
  });
});
