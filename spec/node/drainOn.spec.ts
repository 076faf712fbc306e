import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { EMPTY, NEVER, Subject, defer, finalize, interval, map, of, throwError } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import type { BodyEnd } from 'rxjs-http-streams';
import { drainOn, nodeHandler } from 'rxjs-http-streams/node';
import type { DrainConfig, NodeServer } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listening, overPlainHttp1, overPlainHttp2, protocols } from '../support/protocols';
import type { Client, Listener, Protocol } from '../support/protocols';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** Longer than any spec waits. */
const LONG = 60_000;

interface Draining {
  readonly server: NodeServer;
  readonly port: number;
  readonly client: Client;
  readonly recording: Recording<never>;
  readonly drain: () => void;
}

async function draining(protocol: Protocol, listener: Listener, config?: DrainConfig): Promise<Draining> {
  const server = protocol.createServer(listener);
  const subject = new Subject<void>();
  const recording = record(drainOn(server, subject, config));
  const port = await listening(server);
  const drained = { server, port, recording };
  onTestFinished(() => {
    subject.next();
  });
  return {
    ...drained,
    client: protocol.connect(port),
    drain: () => {
      subject.next();
    },
  };
}

/** Sockets that the specs open themselves. */
async function opened(
  port: number,
  text = '',
): Promise<{ socket: Socket; text: () => string; closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  let got = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    got += chunk;
  });
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  if (text) socket.write(text);
  return { socket, text: () => got, closed };
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => {
    expect(condition()).toBe(true);
  }, 10_000);

const tick$ = interval(5).pipe(map((n) => ({ id: String(n), data: { n } })));

describe.each(protocols)('drainOn with $name', (protocol) => {
  it('tells event streams a random retry, and cuts them without an end', async () => {
    const ends: BodyEnd[] = [];
    let subscribers = 0;
    const source$ = defer(() => {
      subscribers++;
      return tick$;
    }).pipe(
      finalize(() => {
        subscribers--;
      }),
    );
    const handler = nodeHandler((request) =>
      toSseResponse(source$, { request, retry: 1_000, onEnd: (end) => ends.push(end) }),
    );
    const { server, port, recording, drain } = await draining(protocol, handler, { within: 300 });
    const clients = Array.from({ length: 5 }, () => protocol.connect(port));
    const exchanges = clients.map((ask) => ask());
    await Promise.all(exchanges.map(({ seen }) => seen('data')));

    drain();
    expect(server.listening).toBe(false);
    const replies = await Promise.all(exchanges.map(({ over }) => over));
    expect(replies.map(({ cut }) => cut)).toEqual(replies.map(() => true));
    await recording.ended();

    expect(recording.outcome).toBe('complete');
    const retries = replies.map(({ text }) => /\n\nretry: (\d+)\n\n/.exec(text.slice(40))?.[1]);
    for (const retry of retries) {
      expect(Number(retry)).toBeGreaterThanOrEqual(500);
      expect(Number(retry)).toBeLessThanOrEqual(1_500);
    }
    expect(new Set(retries).size).toBeGreaterThan(1);
    for (const { text } of replies) {
      expect(text).not.toMatch(/ end\n| error /);
      expect(text.match(/retry/g)).toHaveLength(2);
      const numbers = [...text.matchAll(/^data: \{"n":(\d+)\}/gm)].map(([, n]) => Number(n));
      expect(numbers).toEqual(numbers.map((_, index) => index));
    }
    // Some went on for longer than others.
    expect(new Set(replies.map(({ text }) => text.length)).size).toBeGreaterThan(1);
    expect(ends.map(({ outcome }) => outcome)).toEqual(replies.map(() => 'aborted'));
    expect(subscribers).toBe(0);
  });

  it('lets other responses end, and completes then', async () => {
    const rows = new Subject<number>();
    const { client, recording, drain } = await draining(
      protocol,
      nodeHandler((request) => toNdjsonResponse(rows, { request })),
      { within: LONG },
    );
    const { seen, over } = client();
    await until(() => rows.observed);
    rows.next(1);
    await seen('1');
    drain();
    rows.next(2);
    rows.complete();
    expect(await over).toMatchObject({ text: '1\n2\n', cut: false });
    await recording.ended();
    expect(recording.outcome).toBe('complete');
  });

  it('cuts other responses when the time is over', async () => {
    const ends: BodyEnd[] = [];
    const listener = nodeHandler((request) =>
      toNdjsonResponse(interval(5), { request, onEnd: (end) => ends.push(end) }),
    );
    const { client, recording, drain } = await draining(protocol, listener, { within: 50 });
    const { seen, over } = client();
    await seen('1');
    drain();
    expect(await over).toMatchObject({ cut: true });
    await recording.ended();
    expect(ends.map(({ outcome, error }) => `${outcome}: ${String(error)}`)).toEqual([
      'aborted: Error: drainOn: the server is shutting down',
    ]);
  });

  it('cuts responses of others when the time is over', async () => {
    const { client, recording, drain } = await draining(
      protocol,
      (_req, res) => {
        res.writeHead(200);
        res.write('begun');
      },
      { within: 50 },
    );
    const { seen, over } = client();
    await seen('begun');
    drain();
    expect(await over).toMatchObject({ cut: true });
    await recording.ended();
    expect(recording.outcome).toBe('complete');
  });

  it('lets a POST end whose response has not begun', async () => {
    let answer: (() => void) | undefined;
    const { client, recording, drain } = await draining(
      protocol,
      (_req, res) => {
        answer = () => {
          res.end('done');
        };
      },
      { within: LONG },
    );
    const { head, over } = client({ method: 'POST', body: 'x' });
    await until(() => answer !== undefined);
    drain();
    answer?.();
    expect(await over).toMatchObject({ text: 'done', cut: false });
    const { headers } = await head;
    expect(headers.connection).toBe(':status' in headers ? undefined : 'close');
    await recording.ended();
  });

  it('closes the connections of clients that wait for nothing', async () => {
    const { server, client, recording, drain } = await draining(protocol, (_req, res) => res.end('done'), {
      within: LONG,
    });
    await client().over;
    drain();
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(server.listening).toBe(false);
  });
});

describe('drainOn', () => {
  it('destroys the connection of a client that does not read', async () => {
    const { port, recording, drain } = await draining(
      overPlainHttp1,
      (_req, res) => res.end('x'.repeat(16 * 1024 * 1024)),
      { within: 10 },
    );
    const { socket, closed } = await opened(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    drain();
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    socket.resume();
    await closed;
  });

  it('closes a connection without a request at once', async () => {
    const { port, client, drain } = await draining(
      overPlainHttp1,
      (_req, res) => res.writeHead(200).write('begun'),
      {
        within: LONG,
      },
    );
    const { seen } = client();
    const { closed } = await opened(port);
    await seen('begun');
    drain();
    await closed;
  });

  it('closes a connection whose response ends meanwhile', async () => {
    const responses: http.ServerResponse[] = [];
    const { client, recording, drain } = await draining(
      overPlainHttp1,
      (_req, res) => {
        responses.push(res.writeHead(200, { 'content-length': '4' }));
        res.write('do');
      },
      { within: LONG },
    );
    const { head, seen, over } = client();
    await seen('do');
    drain();
    responses[0]?.end('ne');
    expect(await over).toMatchObject({ text: 'done', cut: false });
    expect((await head).headers.connection).toBe('keep-alive');
    await recording.ended();
  });

  it.each(['request', 'checkContinue'])('answers a pipelined %s with 503', async (event) => {
    const responses: http.ServerResponse[] = [];
    const heard = vi.fn();
    const { server, port, recording, drain } = await draining(
      overPlainHttp1,
      (_req, res) => {
        responses.push(res.writeHead(200, { 'content-length': '4' }));
        res.write('do');
      },
      { within: LONG, retryAfter: 7 },
    );
    if (event === 'checkContinue') server.on(event, heard);
    const { socket, text, closed } = await opened(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await until(() => text().includes('do'));
    drain();
    const expecting = event === 'request' ? '' : 'expect: 100-continue\r\ncontent-length: 1\r\n';
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${expecting}\r\n`);
    await once(server, event);
    responses[0]?.end('ne');
    await closed;
    expect(text()).toMatch(/done/);
    const [, refusal = ''] = text().split('doneHTTP/1.1 ');
    expect(refusal).toMatch(/^503 /);
    expect(refusal).toMatch(/retry-after: 7\r\n/i);
    expect(refusal).toMatch(/connection: close\r\n/i);
    expect(responses).toHaveLength(1);
    expect(heard).not.toHaveBeenCalled();
    await recording.ended();
  });

  it('answers all that were pipelined before', async () => {
    const answers: (() => void)[] = [];
    const { port, drain } = await draining(
      overPlainHttp1,
      ({ url }, res) => {
        answers.push(() => res.end(`[${url}]`));
      },
      { within: LONG },
    );
    const { text, closed } = await opened(
      port,
      'GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n',
    );
    await until(() => answers.length === 2);
    drain();
    answers[0]?.();
    await until(() => text().includes('[/1]'));
    answers[1]?.();
    await closed;
    expect(text()).toMatch(/\[\/1\].*\[\/2\]/s);
    expect(text().match(/connection: close/gi)).toHaveLength(1);
  });

  it('tells a retry to an event stream that begins meanwhile', async () => {
    const subject = new Subject<void>();
    let isAsked = false;
    const { client, recording, drain } = await draining(
      overPlainHttp1,
      nodeHandler(async (request) => {
        isAsked = true;
        await new Promise<void>((resolve) => subject.subscribe(resolve));
        return toSseResponse(NEVER, { request, retry: 50 });
      }),
      { within: 100 },
    );
    const { over } = client();
    await until(() => isAsked);
    drain();
    subject.next();
    const { text, cut } = await over;
    expect(cut).toBe(true);
    expect(text).toMatch(/retry: 50\n\nretry: 100\n\n$/);
    await recording.ended();
  });

  it('leaves connections that were upgraded until the time is over', async () => {
    const { server, port, recording, drain } = await draining(overPlainHttp1, () => undefined, {
      within: 50,
    });
    const sockets: Socket[] = [];
    server.on('upgrade', (_req: unknown, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
      sockets.push(socket);
    });
    const { text, closed } = await opened(
      port,
      'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    );
    await until(() => sockets.length === 1);
    drain();
    sockets[0]?.write('still there');
    await until(() => text().includes('still there'));
    await closed;
    await recording.ended();
  });

  it('leaves the streams of a server without requests until the time is over', async () => {
    const server = http2.createServer().on('stream', (stream) => {
      stream.on('error', () => undefined);
      stream.respond();
      stream.write('begun');
    });
    const subject = new Subject<void>();
    const recording = record(drainOn(server, subject, { within: 50 }));
    const port = await listening(server);
    const { seen, over } = overPlainHttp2.connect(port)();
    await seen('begun');
    subject.next();
    expect(await over).toMatchObject({ cut: true });
    await recording.ended();
    expect(server.listenerCount('request')).toBe(0);
  });

  it('puts back what it has added when it is unsubscribed', async () => {
    let response: http.ServerResponse | undefined;
    const { server, client, recording } = await draining(overPlainHttp1, (_req, res) => {
      response = res;
      response.writeHead(200).write('begun');
    });
    const events = ['request', 'connection', 'session', 'close', 'checkContinue'];
    const before = http.createServer(() => undefined);
    await client().seen('begun');
    const { socket } = response ?? {};
    const counts = [response!.listenerCount('close'), socket!.listenerCount('close')];
    recording.subscription.unsubscribe();
    expect(events.map((event) => server.listenerCount(event))).toEqual(
      events.map((event) => before.listenerCount(event)),
    );
    expect([response!.listenerCount('close'), socket!.listenerCount('close')]).toEqual(
      counts.map((count) => count - 1),
    );
    expect(server.listening).toBe(true);
    response!.end();
  });

  it('puts the listeners back when it is unsubscribed in the course of it', async () => {
    const { server, client, recording, drain } = await draining(
      overPlainHttp1,
      (_req, res) => {
        res.writeHead(200).write('begun');
      },
      { within: LONG },
    );
    const [, ...listeners] = server.listeners('request');
    await client().seen('begun');
    drain();
    expect(server.listeners('request')).not.toEqual(expect.arrayContaining(listeners));
    recording.subscription.unsubscribe();
    expect(server.listeners('request')).toEqual(listeners);
    (server as http.Server).closeAllConnections();
  });

  it('ignores a notifier that completes without a value, and later values', async () => {
    const server = overPlainHttp1.createServer((_req, res) => res.end());
    const recording = record(drainOn(server, EMPTY));
    await listening(server);
    expect(recording.outcome).toBeUndefined();
    expect(server.listening).toBe(true);
    recording.subscription.unsubscribe();
  });

  it('passes the error of the notifier on, unless it has begun', async () => {
    const error = new Error('no signal');
    const failed = record(
      drainOn(
        overPlainHttp1.createServer(() => undefined),
        throwError(() => error),
      ),
    );
    expect(failed).toMatchObject({ outcome: 'error', error });

    const server = overPlainHttp1.createServer(() => undefined);
    const subject = new Subject<void>();
    const recording = record(drainOn(server, subject, { within: 10 }));
    await listening(server);
    subject.next();
    subject.next();
    expect(subject.observed).toBe(true);
    subject.error(error);
    await recording.ended();
    expect(recording.outcome).toBe('complete');
  });

  it('errors for a server that does not listen', async () => {
    const recording = record(
      drainOn(
        overPlainHttp1.createServer(() => undefined),
        of(1),
      ),
    );
    await recording.ended();
    expect(recording).toMatchObject({ outcome: 'error', error: { code: 'ERR_SERVER_NOT_RUNNING' } });
  });

  it.each<[string, unknown[]]>([
    ['server', [{}, of(1)]],
    ['notifier', [http.createServer(), 5]],
    ['within', [http.createServer(), of(1), { within: -1 }]],
    ['retryAfter', [http.createServer(), of(1), { retryAfter: 0.5 }]],
    ['config', [http.createServer(), of(1), null]],
  ])('refuses a wrong %s when it is called', (name, args) => {
    expect(() => (drainOn as (...all: unknown[]) => unknown)(...args)).toThrow(
      new RegExp(`^${name}: expected `),
    );
  });
});
