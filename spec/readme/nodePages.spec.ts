import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { once } from 'node:events';
import * as common from '@nestjs/common';
import { of } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import type { NodeHandler } from 'rxjs-http-streams/node';
import { describe, expect, it } from 'vitest';
import { absentClient } from '../support/absentClient';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';
import { anywhere, originOf } from './listening';

forbidUnhandledRejections();

const modules = {
  'rxjs-http-streams/node': node,
  'node:http': { createServer: (listener: RequestListener) => anywhere(createServer(listener)) },
};

describe('the page on Node', () => {
  it('serves a feed in a few lines', async () => {
    const { server } = await evaluate<{ server: Server }>('A server of Node', {}, { modules });
    const recording = record(fromEventSource(await originOf(server)));
    await recording.received(1);
    recording.subscription.unsubscribe();

    expect(recording.values).toMatchObject([{ type: 'message', data: '{"n":0}' }]);
  });

  it('stops the work of a client that has left, and reports nothing', async () => {
    let asked: (signal: AbortSignal) => void;
    const signal = new Promise<AbortSignal>((resolve) => {
      asked = resolve;
    });
    const query = (_: string, init: { signal: AbortSignal }): Promise<never> => {
      asked(init.signal);
      return once(init.signal, 'abort').then(() => {
        throw new Error('aborted');
      });
    };
    const { handler } = await evaluate<{ handler: (request: Request) => Promise<Response> }>(
      'Stop the work of a client that has disconnected',
      { query },
    );
    const errors: unknown[] = [];
    const { url } = await httpServer(node.nodeHandler(handler, { onError: (error) => errors.push(error) }));
    const client = absentClient(url);
    const aborted = once(await signal, 'abort');
    client.leave();
    await aborted;
    await macrotasks();

    expect(errors).toEqual([]);
  });

  it('sends a Response from code that has req and res', async () => {
    const { server } = await evaluate<{ server: Server }>(
      'Code that has req and res',
      { feed: () => of({ data: 'a' }) },
      { modules },
    );
    // The snippet leaves that to its user.
    const origin = await originOf(server.listen());

    expect(await (await fetch(origin)).text()).toBe('a page\n');
    expect(await (await fetch(`${origin}/feed`)).text()).toContain('data: a\n\n');
  });
});

describe('the page on Nest', () => {
  it('throws before the stream what an exception filter is to see', async () => {
    const { handler } = await evaluate<{ handler: NodeHandler }>(
      'Check before the stream begins',
      {
        mayRead: (request: Request) => Promise.resolve(request.url.endsWith('/mine')),
        feed: () => of({ data: 'a' }),
      },
      { modules: { ...modules, '@nestjs/common': common } },
    );
    const seen: unknown[] = [];
    const { url } = await httpServer((req, res) => {
      handler(req, res, (error) => {
        seen.push(error);
        res.writeHead(403).end();
      });
    });

    expect((await fetch(url)).status).toBe(403);
    expect(seen).toEqual([expect.any(common.ForbiddenException)]);
    expect(await (await fetch(`${url}mine`)).text()).toContain('data: a\n\n');
  });
});
