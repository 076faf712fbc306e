import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCRequest, Result } from '@modelcontextprotocol/sdk/types.js';
import { EMPTY, NEVER, lastValueFrom } from 'rxjs';
import { isHttpStatusError, isStreamNetworkError, memoryLog } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { conformanceServer } from '../support/conformanceServer';
import { talkTo } from '../support/talkTo';
import { answered } from './answered';
import { eventStore } from './eventStore';
import { fromMcp } from './fromMcp';
import { fromNews } from './fromNews';
import { send } from './send';
import { serveMcp } from './serveMcp';

/** A server with one tool, which the spec completes. */
function slowServer() {
  const calls: {
    readonly signal: AbortSignal;
    readonly log: (data: string) => Promise<void>;
    readonly end: () => void;
  }[] = [];
  const serverOf = (): McpServer => {
    const server = new McpServer({ name: 'slow', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('work', {}, ({ signal, sendNotification }) => {
      return new Promise((resolve) => {
        calls.push({
          signal,
          log: (data) =>
            sendNotification({ method: 'notifications/message', params: { level: 'info', data } }),
          end: () => {
            resolve({ content: [{ type: 'text', text: 'done' }] });
          },
        });
      });
    });
    return server;
  };
  return { calls, serverOf };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ name: 'spec', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    reconnectionOptions: {
      initialReconnectionDelay: 10,
      maxReconnectionDelay: 10,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 5,
    },
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

describe('serveMcp, with the official client', () => {
  it('answers a call, with what the tool tells before', async () => {
    const { calls, serverOf } = slowServer();
    const { url } = await webServer(serveMcp(...talkTo(serverOf)));
    const client = await connected(url);
    const result = client.callTool({ name: 'work' });
    await expect.poll(() => calls.length).toBe(1);
    calls[0]!.end();
    expect((await result).content).toEqual([{ type: 'text', text: 'done' }]);
  });

  it('continues a call after a cut by a GET, and makes it once', async () => {
    const { calls, serverOf } = slowServer();
    const { url, exchanges } = await webServer(serveMcp(...talkTo(serverOf)));
    const client = await connected(url);
    const result = client.callTool({ name: 'work' });
    await expect.poll(() => calls.length).toBe(1);
    exchanges.at(-1)!.request.socket.resetAndDestroy();
    await expect.poll(() => exchanges.at(-1)!.request.headers['last-event-id']).toBeTruthy();
    calls[0]!.end();
    expect((await result).content).toEqual([{ type: 'text', text: 'done' }]);
    expect(calls).toHaveLength(1);
  });

  it('stops a call that the client cancels, and closes its connection', async () => {
    const { calls, serverOf } = slowServer();
    const { url, exchanges } = await webServer(serveMcp(...talkTo(serverOf)));
    const client = await connected(url);
    const stop = new AbortController();
    const result = client.callTool({ name: 'work' }, undefined, { signal: stop.signal });
    await expect.poll(() => calls.length).toBe(1);
    const call = exchanges.at(-1)!;
    stop.abort();
    await expect(result).rejects.toThrow();
    await expect.poll(() => calls[0]!.signal.aborted).toBe(true);
    await expect.poll(() => call.response.writableFinished).toBe(true);
  });
});

describe('serveMcp, with messages of the official server outside of a call', () => {
  it('sends them, also those from before a reconnection', async () => {
    const servers: McpServer[] = [];
    const told: string[] = [];
    const { url, exchanges } = await webServer(
      serveMcp(
        ...talkTo(() => {
          const server = new McpServer({ name: 'news', version: '1' }, { capabilities: { logging: {} } });
          servers.push(server);
          return server;
        }),
      ),
    );
    const client = await connected(url);
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      told.push(String(params.data));
    });
    const gets = () => exchanges.filter(({ request }) => request.method === 'GET');
    await eventually(() => gets().length).toBe(1);
    await eventually(() => gets()[0]!.response.headersSent).toBe(true);
    await servers[0]!.sendLoggingMessage({ level: 'info', data: 'first' });
    await eventually(() => told).toEqual(['first']);
    gets()[0]!.request.socket.resetAndDestroy();
    await servers[0]!.sendLoggingMessage({ level: 'info', data: 'while away' });
    await eventually(() => told).toEqual(['first', 'while away']);
    expect(gets()).toHaveLength(2);
    await client.close();
    await gets()[1]!.disconnected;
  });

  it('refuses a client that asks for them where there are none', async () => {
    const { url } = await webServer(serveMcp(() => EMPTY));
    expect((await fetch(url)).status).toBe(405);
  });
});

describe('fromMcp, with the official server', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {}, sampling: {} },
      clientInfo: { name: 'spec', version: '1' },
    },
  } as const;
  const work = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'work' } } as const;
  const done = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'done' }] } };

  /** Starts the official transport, and a session with it. */
  async function started(options: { readonly enableJsonResponse?: boolean } = {}, make?: () => McpServer) {
    const { calls, serverOf } = slowServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: eventStore(memoryLog()),
      retryInterval: 10,
      ...options,
    });
    const server = (make ?? serverOf)();
    await server.connect(transport);
    onTestFinished(() => server.close());
    const served = await webServer((request) => transport.handleRequest(request));
    const session = new Headers({ 'mcp-protocol-version': '2025-11-25' });
    await lastValueFrom(fromMcp(served.url, initialize, session));
    return { ...served, calls, session, server };
  }

  it.each([true, false])('reads the response, as JSON: %s', async (enableJsonResponse) => {
    const { url, calls, session } = await started({ enableJsonResponse });
    const messages = record(fromMcp(url, work, session));
    await expect.poll(() => calls.length).toBe(1);
    if (!enableJsonResponse) await calls[0]!.log('working');
    calls[0]!.end();
    await messages.ended();
    expect(messages.outcome).toBe('complete');
    expect(messages.values.at(-1)).toEqual(done);
    expect(messages.values).toHaveLength(enableJsonResponse ? 1 : 2);
  });

  it('continues after a cut, from the log of the server, and sends the call once', async () => {
    const { url, calls, session, exchanges } = await started();
    const messages = record(fromMcp(url, work, session));
    await expect.poll(() => calls.length).toBe(1);
    await calls[0]!.log('before');
    await messages.received(1);
    exchanges.at(-1)!.request.socket.resetAndDestroy();
    await calls[0]!.log('while away');
    calls[0]!.end();
    await messages.ended();
    expect(messages.values).toMatchObject([
      { params: { data: 'before' } },
      { params: { data: 'while away' } },
      done,
    ]);
    expect(exchanges.map(({ request }) => request.method)).toEqual(['POST', 'POST', 'GET']);
    expect(calls).toHaveLength(1);
  });

  it('is refused where the server does not know the session', async () => {
    const { url } = await started();
    await expect(lastValueFrom(fromMcp(url, work))).rejects.toSatisfy(isHttpStatusError);
  });

  it('sends a call no second time that is cut before its first id', async () => {
    const { url, exchanges } = await webServer(() => lastValueFrom(NEVER));
    const messages = record(fromMcp(url, work));
    await expect.poll(() => exchanges.length).toBe(1);
    exchanges[0]!.request.socket.resetAndDestroy();
    await messages.ended();
    expect(messages.error).toSatisfy(isStreamNetworkError);
    expect(exchanges).toHaveLength(1);
  });

  it('closes its connection when it is stopped', async () => {
    const { url, calls, session, exchanges, disconnected } = await started();
    const messages = record(fromMcp(url, work, session));
    await expect.poll(() => calls.length).toBe(1);
    messages.subscription.unsubscribe();
    await disconnected(exchanges.length);
  });

  it('answers what the server asks within a call', async () => {
    const { url, session } = await started({}, () => conformanceServer());
    const asked: JSONRPCRequest[] = [];
    const ask = (name: string, args: object, answer: (request: JSONRPCRequest) => Promise<Result>) =>
      lastValueFrom(
        fromMcp(url, { ...work, params: { name, arguments: args } }, session).pipe(
          answered(
            (request) => {
              asked.push(request);
              return answer(request);
            },
            (response) => send(url, response, session),
          ),
        ),
      );
    const text = (value: string) => ({ ...done, result: { content: [{ type: 'text', text: value }] } });
    expect(
      await ask('test_elicitation', { message: 'Who?' }, () =>
        Promise.resolve({ action: 'accept', content: { username: 'me' } }),
      ),
    ).toEqual(text('User response: {"action":"accept","content":{"username":"me"}}'));
    expect(
      await ask('test_sampling', { prompt: 'Hi' }, () =>
        Promise.resolve({ model: 'm', role: 'assistant', content: { type: 'text', text: 'Hello' } }),
      ),
    ).toEqual(text('LLM response: Hello'));
    expect(asked.map(({ method }) => method)).toEqual(['elicitation/create', 'sampling/createMessage']);
    expect(
      await ask('test_sampling', { prompt: 'Hi' }, () => Promise.reject(new Error('No model'))),
    ).toMatchObject({ result: { isError: true, content: [{ text: 'MCP error -32603: Error: No model' }] } });
  });

  it('gets messages outside of a call, and goes on after a cut', async () => {
    const { url, session, server, exchanges, exchange } = await started();
    const news = record(fromNews(url, session));
    const { request, response } = await exchange(2);
    await eventually(() => response.headersSent).toBe(true);
    await server.sendLoggingMessage({ level: 'info', data: 'first' });
    await news.received(1);
    request.socket.resetAndDestroy();
    await server.sendLoggingMessage({ level: 'info', data: 'while away' });
    await news.received(2);
    expect(news.values).toMatchObject([{ params: { data: 'first' } }, { params: { data: 'while away' } }]);
    news.subscription.unsubscribe();
    await exchanges.at(-1)!.disconnected;
  });
});
