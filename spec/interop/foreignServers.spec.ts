import { getRequestListener } from '@hono/node-server';
import { createResponse, createSession } from 'better-sse';
import compression from 'compression';
import express from 'express';
import fastify from 'fastify';
import { EventStream, H3 } from 'h3';
import { toNodeHandler } from 'h3/node';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { RequestListener } from 'node:http';
import { PassThrough } from 'node:stream';
import { noop } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { toNodeHandler as srvxHandler } from 'srvx/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpServer } from '../support/httpServer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

interface Sent {
  readonly data: string;
  readonly type?: string;
  readonly id?: string;
}

/** One connection of a client, as a server that somebody else wrote gives it to its users. */
interface Session {
  readonly lastEventId: string | undefined;
  readonly send: (message: Sent) => void;
  readonly end: () => void;
}

interface ForeignServer {
  readonly name: string;
  /** @param left Is called when the server has noticed that the client is gone. */
  readonly serve: (
    opened: (session: Session) => void,
    left: () => void,
  ) => RequestListener | Promise<RequestListener>;
  /** The id that the server gives a message without one; `index` counts those messages. */
  readonly ownIds?: (index: number) => unknown;
  /** Writes data that is a string; as it is if omitted. */
  readonly stringify?: (data: string) => string;
  /** Whether only the client can end it. */
  readonly endless?: boolean;
}

const header = (value: string | string[] | undefined): string | undefined => value?.toString();

const betterSse: Pick<ForeignServer, 'ownIds' | 'stringify'> = {
  ownIds: (): unknown => expect.stringMatching(/^[\da-f-]{36}$/),
  stringify: JSON.stringify,
};

const betterSseSession =
  (...[opened, left]: Parameters<ForeignServer['serve']>): RequestListener =>
  (request, response) => {
    void createSession(request, response).then((session) => {
      session.on('disconnected', left);
      opened({
        lastEventId: session.lastId,
        send: ({ data, type, id }) => session.push(data, type, id),
        end: () => response.end(),
      });
    });
  };

const servers: readonly ForeignServer[] = [
  { name: 'better-sse on node:http', ...betterSse, serve: betterSseSession },
  {
    name: 'better-sse on Express with compression()',
    ...betterSse,
    serve: (opened, left) => express().use(compression()).get('/', betterSseSession(opened, left)),
  },
  {
    name: "better-sse's Response",
    ...betterSse,
    endless: true,
    serve: (opened, left) =>
      srvxHandler((request) =>
        createResponse(request, (session) => {
          session.on('disconnected', left);
          opened({
            lastEventId: session.lastId,
            send: ({ data, type, id }) => session.push(data, type, id),
            end: noop,
          });
        }),
      ) as RequestListener,
  },
  {
    name: "Hono's streamSSE",
    serve: (opened, left) => {
      const { Request, Response } = globalThis;
      onTestFinished(() => {
        Object.assign(globalThis, { Request, Response });
      });
      const app = new Hono().get('/', (context) =>
        streamSSE(context, async (stream) => {
          await new Promise<void>((end) => {
            stream.onAbort(() => {
              left();
              end();
            });
            opened({
              lastEventId: context.req.header('last-event-id'),
              send: ({ data, type, id }) =>
                void stream.writeSSE({ data, ...(type && { event: type }), ...(id && { id }) }),
              end,
            });
          });
        }),
      );
      const listener = getRequestListener(app.fetch);
      return (request, response) => void listener(request, response);
    },
  },
  {
    name: "h3's event stream",
    serve: (opened, left) =>
      toNodeHandler(
        new H3().get('/', (event) => {
          const stream = new EventStream(event);
          stream.onClosed(left);
          opened({
            lastEventId: event.req.headers.get('last-event-id') ?? undefined,
            send: ({ data, type, id }) =>
              void stream.push({ data, ...(type && { event: type }), ...(id && { id }) }),
            end: () => void stream.close(),
          });
          return stream;
        }),
      ),
  },
  {
    name: 'Fastify with a stream',
    serve: async (opened, left) => {
      const app = fastify();
      app.get('/', (request, reply) => {
        const stream = new PassThrough();
        stream.on('close', left);
        // Its headers wait for a first byte.
        stream.write(':\n\n');
        opened({
          lastEventId: header(request.headers['last-event-id']),
          send: ({ data, type, id }) =>
            stream.write(`${id ? `id: ${id}\n` : ''}${type ? `event: ${type}\n` : ''}data: ${data}\n\n`),
          end: () => stream.end(),
        });
        return reply.header('content-type', 'text/event-stream').send(stream);
      });
      await app.ready();
      return (request, response) => {
        app.routing(request, response);
      };
    },
  },
  {
    // The bytes of its `SseStream`: an empty line first, the type in front of the id, ids of its own counted from 1.
    name: "NestJS's @Sse, byte for byte",
    ownIds: (index) => `${index + 1}`,
    serve: (opened, left) => (request, response) => {
      let ids = 0;
      response
        .on('close', left)
        .writeHead(200, {
          'Content-Type': 'text/event-stream',
          Connection: 'keep-alive',
          'Cache-Control': 'private, no-cache, no-store, must-revalidate, max-age=0, no-transform',
          Pragma: 'no-cache',
          Expire: '0',
          'X-Accel-Buffering': 'no',
        })
        .write('\n');
      opened({
        lastEventId: header(request.headers['last-event-id']),
        send: ({ data, type, id = `${++ids}` }) =>
          response.write(
            `${type ? `event: ${type}\n` : ''}id: ${id}\n${data
              .split('\n')
              .map((line) => `data: ${line}\n`)
              .join('')}\n`,
          ),
        end: () => response.end(),
      });
    },
  },
];

/** A server of one's own for the test, and its sessions as they come. */
async function opened({ serve }: ForeignServer): Promise<{
  readonly url: string;
  readonly requests: () => number;
  readonly session: () => Promise<Session>;
  readonly left: Promise<void>;
}> {
  const sessions: Session[] = [];
  let arrived: () => void = () => undefined;
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = await httpServer(
    await serve((session) => {
      sessions.push(session);
      arrived();
    }, leave),
  );
  return {
    url: server.url,
    requests: () => server.exchanges.length,
    left,
    session: async () => {
      while (sessions.length === 0) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
      return sessions.shift()!;
    },
  };
}

describe.each(servers)('fromEventSource from $name', (foreign) => {
  it('reads types, ids and data, each message while the next is not yet made', async () => {
    const server = await opened(foreign);
    const recording = record(fromEventSource(server.url));
    const { send } = await server.session();
    const sent: readonly Sent[] = [
      { data: '{"n":1}', type: 'tick', id: 'a' },
      { data: 'Grüße, 日本 🙂', type: 'message', id: 'é' },
      { data: '{"n":2}', type: 'tick' },
      { data: '', type: 'empty' },
    ];
    for (const [index, message] of sent.entries()) {
      send(message);
      await recording.received(index + 1);
    }
    expect(recording.values).toEqual(
      sent.map(({ data, type, id }, index) => ({
        data: foreign.stringify?.(data) ?? data,
        type,
        // What stays in force when a message has no id of its own is the one before.
        id: id ?? foreign.ownIds?.(index - 2) ?? 'é',
      })),
    );
  });

  it('has the server notice that it leaves', async () => {
    const server = await opened(foreign);
    const recording = record(fromEventSource(server.url));
    const { send } = await server.session();
    send({ data: 'a', type: 'tick', id: '1' });
    await recording.received(1);
    recording.subscription.unsubscribe();
    await server.left;
  });

  if (!foreign.endless)
    it('takes a clean end for an end where it does not reconnect', async () => {
      const server = await opened(foreign);
      const recording = record(fromEventSource(server.url, { reconnect: false }));
      const { send, end } = await server.session();
      send({ data: 'a', type: 'tick', id: '1' });
      await recording.received(1);
      end();
      await recording.ended();
      expect(recording).toMatchObject({ outcome: 'complete', values: [{ id: '1' }] });
      expect(server.requests()).toBe(1);
    });

  if (!foreign.endless)
    it('comes back after a clean end with the last id it has seen', async () => {
      const server = await opened(foreign);
      const recording = record(fromEventSource(server.url, { reconnect: { delay: 1, maxDelay: 1 } }));
      const first = await server.session();
      first.send({ data: 'a', type: 'tick', id: 'seen' });
      await recording.received(1);
      first.end();
      const second = await server.session();
      expect(second.lastEventId).toBe('seen');
      second.send({ data: 'b', type: 'tick', id: 'next' });
      await recording.received(2);
      expect(recording.values.map(({ id }) => id)).toEqual(['seen', 'next']);
      recording.subscription.unsubscribe();
    });
});
