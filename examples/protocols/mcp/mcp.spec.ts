import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { NEVER, lastValueFrom } from 'rxjs';
import { isHttpStatusError, isStreamNetworkError, memoryLog } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { talkTo } from '../support/talkTo';
import { eventStore } from './eventStore';
import { fromMcp } from './fromMcp';
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
    const { url } = await webServer(serveMcp(talkTo(serverOf)));
    const client = await connected(url);
    const result = client.callTool({ name: 'work' });
    await expect.poll(() => calls.length).toBe(1);
    calls[0]!.end();
    expect((await result).content).toEqual([{ type: 'text', text: 'done' }]);
  });

  it('continues a call after a cut by a GET, and makes it once', async () => {
    const { calls, serverOf } = slowServer();
    const { url, exchanges } = await webServer(serveMcp(talkTo(serverOf)));
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
    const { url, exchanges } = await webServer(serveMcp(talkTo(serverOf)));
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

describe('fromMcp, with the official server', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } },
  } as const;
  const work = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'work' } } as const;
  const done = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'done' }] } };

  /** Starts the official transport, and a session with it. */
  async function started(options: { readonly enableJsonResponse?: boolean } = {}) {
    const { calls, serverOf } = slowServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: eventStore(memoryLog()),
      retryInterval: 10,
      ...options,
    });
    const server = serverOf();
    await server.connect(transport);
    onTestFinished(() => server.close());
    const served = await webServer((request) => transport.handleRequest(request));
    const session = new Headers({ 'mcp-protocol-version': '2025-11-25' });
    await lastValueFrom(fromMcp(served.url, initialize, session));
    return { ...served, calls, session };
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
});
