import {
  AgentCard,
  Message,
  SendMessageRequest,
  SubscribeToTaskRequest,
  Task,
  TaskStatusUpdateEvent,
} from '@a2a-js/sdk';
import { JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import type { Transport } from '@a2a-js/sdk/client';
import { AgentEvent, DefaultRequestHandler, InMemoryTaskStore } from '@a2a-js/sdk/server';
import type { AgentExecutor } from '@a2a-js/sdk/server';
import { UserBuilder, jsonRpcHandler } from '@a2a-js/sdk/server/express';
import express from 'express';
import type { RequestListener } from 'node:http';
import { firstValueFrom, lastValueFrom, throwError, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { fromAgent } from './fromAgent';
import { serveAgent } from './serveAgent';

forbidUnhandledRejections();

const card = AgentCard.fromJSON({
  name: 'echo',
  supportedInterfaces: [{ url: 'http://127.0.0.1', protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
  capabilities: { streaming: true },
});
const message = { messageId: 'm', role: 'ROLE_USER', parts: [{ text: 'Hi' }] };
const task = { id: 't', contextId: 'c', status: { state: 'TASK_STATE_SUBMITTED' } };
const status = (state: string) => ({ taskId: 't', contextId: 'c', status: { state } });

describe('the official client', () => {
  const open = (url: string): Promise<Transport> => new JsonRpcTransportFactory().create(url, card);

  it('gets each event before the next is made, and the end', async () => {
    const events = producer<object>({ task });
    const { url } = await webServer((request) => serveAgent(() => events.source, request));
    const cases: unknown[] = [];
    for await (const { payload } of (await open(url)).sendMessageStream(
      SendMessageRequest.fromJSON({ message }),
    )) {
      cases.push(payload?.$case);
      if (cases.length === 1) events.next({ statusUpdate: status('TASK_STATE_COMPLETED') });
      else events.complete();
    }
    expect(cases).toEqual(['task', 'statusUpdate']);
  });

  it('ends the source when it stops, and its connection is closed', async () => {
    const events = producer<object>({ task });
    const { url, disconnected } = await webServer((request) => serveAgent(() => events.source, request));
    const controller = new AbortController();
    const params = SubscribeToTaskRequest.fromJSON({ id: 't' });
    const stream = (await open(url)).resubscribeTask(params, { signal: controller.signal });
    await stream.next();
    controller.abort();
    await stream.next().catch(() => undefined);
    await events.observedBy(0);
    await disconnected(1);
  });

  it('gets the failure of an agent as an error, without its secret', async () => {
    const { url } = await webServer((request) =>
      serveAgent(() => throwError(() => new Error('the secret')), request),
    );
    const stream = (await open(url)).sendMessageStream(SendMessageRequest.fromJSON({ message }));
    await expect(stream.next()).rejects.toThrow('Internal error');
  });
});

describe('an agent of the official server', () => {
  const serve = (execute: AgentExecutor['execute']): RequestListener => {
    const executor = { execute, cancelTask: () => Promise.resolve() };
    const requestHandler = new DefaultRequestHandler(card, new InMemoryTaskStore(), executor);
    return express().use(
      jsonRpcHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication }),
    ) as RequestListener;
  };

  it('is read, and ends', async () => {
    const { url } = await httpServer(
      serve((context, bus) => {
        const { taskId, contextId } = context;
        bus.publish(AgentEvent.task(Task.fromJSON({ ...task, id: taskId, contextId })));
        bus.publish(
          AgentEvent.statusUpdate(
            TaskStatusUpdateEvent.fromJSON({ ...status('TASK_STATE_COMPLETED'), taskId, contextId }),
          ),
        );
        bus.finished();
        return Promise.resolve();
      }),
    );
    const read = await lastValueFrom(fromAgent(url, 'SendStreamingMessage', { message }).pipe(toArray()));
    expect(read).toMatchObject([
      { task: { status: { state: 'TASK_STATE_SUBMITTED' } } },
      { statusUpdate: { status: { state: 'TASK_STATE_COMPLETED' } } },
    ]);
  });

  it('sees the connection closed when the reader unsubscribes', async () => {
    const { url, disconnected } = await httpServer(
      serve((context, bus) => {
        bus.publish(
          AgentEvent.message(
            Message.fromJSON({ ...message, role: 'ROLE_AGENT', contextId: context.contextId }),
          ),
        );
        return new Promise(() => undefined);
      }),
    );
    expect(await firstValueFrom(fromAgent(url, 'SendStreamingMessage', { message }))).toMatchObject({
      message: { parts: [{ text: 'Hi' }] },
    });
    await disconnected(1);
  });

  it('is an error where it refuses the request', async () => {
    const { url } = await httpServer(serve(() => Promise.resolve()));
    const failure = await firstValueFrom(fromAgent(url, 'SubscribeToTask', { id: 'nothing' })).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      name: 'ContentTypeError',
      body: expect.stringContaining('-32001') as unknown,
    });
  });
});
