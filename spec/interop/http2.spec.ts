import fastify from 'fastify';
import { connect } from 'node:http2';
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
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { streams } from '../../examples/frameworks/fastify';
import { servers } from '../support/documented/servers';
import type { Handler } from '../support/documented/servers';
import { failing } from '../support/failing';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();
beforeEach(() => {
  // Koa prints what a stream failed with.
  vi.spyOn(console, 'error').mockReturnValue();
  return () => vi.restoreAllMocks();
});

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

const serverNames = ['HTTP/2', 'Fastify on HTTP/2', 'Fastify with srvx on HTTP/2', 'Koa on HTTP/2'];

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

const cases = serverNames.flatMap((server) => formats.map((format) => ({ ...format, server })));

describe.each(cases)('$server with $name', ({ server, respond, read }) => {
  const serving = async (handler: Handler): Promise<{ url: string; fetch: StreamFetch }> =>
    listening(await servers[server]!(handler));

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

describe('The recipe for Fastify on HTTP/2', () => {
  it('resets the stream of a source that fails with INTERNAL_ERROR', async () => {
    const values = producer(1);
    const app = fastify({ http2: true }).register(streams, { n$: values.source });
    await app.ready();
    const { url } = await listening(app.server);
    const session = connect(url);
    const stream = session.request({ ':path': '/rows' }).on('error', noop);
    onTestFinished(() => {
      session.destroy();
    });
    await new Promise((resolve) => stream.once('data', resolve));
    values.error(new Error('the secret'));
    stream.resume();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(stream.rstCode).toBe(2);
  });
});
