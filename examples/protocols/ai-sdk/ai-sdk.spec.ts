import {
  DefaultChatTransport,
  createUIMessageStreamResponse,
  readUIMessageStream,
  simulateReadableStream,
  streamText,
  toUIMessageStream,
} from 'ai';
import type { UIMessage, UIMessageChunk } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { isStreamTruncatedError } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { brokenPath } from '../../../spec/support/brokenPath';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { fromChat } from './fromChat';
import { serveChat } from './serveChat';

const messages: UIMessage[] = [{ id: 'q', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }];
const ask = { chatId: 'a chat', messages, trigger: 'submit-message', messageId: undefined } as const;

/** A model with an answer of four words. */
const model = (chunkDelayInMs = 0): MockLanguageModelV4 =>
  new MockLanguageModelV4({
    doStream: () =>
      Promise.resolve({
        stream: simulateReadableStream({
          initialDelayInMs: 0,
          chunkDelayInMs,
          chunks: [
            { type: 'stream-start', warnings: [] },
            { type: 'text-start', id: 't' },
            ...['An ', 'answer ', 'in ', 'words'].map((delta) => ({
              type: 'text-delta' as const,
              id: 't',
              delta,
            })),
            { type: 'text-end', id: 't' },
            {
              type: 'finish',
              finishReason: { unified: 'stop', raw: 'stop' },
              usage: {
                inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
                outputTokens: { total: 4, text: 4, reasoning: 0 },
              },
            },
          ],
        }),
      }),
  });

const answerOf = (prompt: string, delay?: number): ReadableStream<UIMessageChunk> =>
  toUIMessageStream({ stream: streamText({ model: model(delay), prompt }).stream });

/** The text of the last state of the message that the official reader makes of chunks. */
async function textOf(stream: ReadableStream<UIMessageChunk>): Promise<string> {
  let text = '';
  for await (const { parts } of readUIMessageStream({ stream }))
    text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return text;
}

it('answers the official transport with the stream of the official model', async () => {
  const { url } = await webServer(serveChat(() => answerOf('Hi')));
  const transport = new DefaultChatTransport({ api: url });
  expect(await textOf(await transport.sendMessages({ ...ask, abortSignal: undefined }))).toBe(
    'An answer in words',
  );
  expect(await transport.reconnectToStream({ chatId: ask.chatId })).toBeNull();
});

it('continues an answer after a reload, from its start, and asks once', async () => {
  const chunks = producer<UIMessageChunk>({ type: 'start' }, { type: 'text-start', id: 't' });
  const { url, disconnected } = await webServer(serveChat(() => chunks.source));
  const transport = new DefaultChatTransport({ api: `${url}chat` });
  const page = new AbortController();
  await transport.sendMessages({ ...ask, abortSignal: page.signal });
  await chunks.observedBy(1);
  page.abort();
  await disconnected(1);
  chunks.next({ type: 'text-delta', id: 't', delta: 'while away' });
  const stream = await transport.reconnectToStream({ chatId: ask.chatId });
  const text = textOf(stream!);
  chunks.next({ type: 'text-end', id: 't' });
  chunks.next({ type: 'finish' });
  chunks.complete();
  expect(await text).toBe('while away');
  expect(chunks.subscriptions()).toBe(1);
});

it('has no answer to continue where the page left before the answer began', async () => {
  const chunks = producer<UIMessageChunk>({ type: 'start' });
  const handler = serveChat(() => chunks.source);
  const body = JSON.stringify({ id: ask.chatId, messages });
  const response = await handler(new Request('http://localhost/chat', { method: 'POST', body }));
  await response.body!.cancel();
  const continued = await handler(new Request('http://localhost/chat/a%20chat/stream'));
  expect(continued.status).toBe(204);
});

it('stops an answer at a DELETE', async () => {
  const chunks = producer<UIMessageChunk>({ type: 'start' });
  const { url } = await webServer(serveChat(() => chunks.source));
  const transport = new DefaultChatTransport({ api: `${url}chat` });
  const stream = await transport.sendMessages({ ...ask, abortSignal: undefined });
  await chunks.observedBy(1);
  await fetch(`${url}chat/${encodeURIComponent(ask.chatId)}/stream`, { method: 'DELETE' });
  await chunks.observedBy(0);
  expect(await textOf(stream)).toBe('');
});

it('reads the stream of the official server', async () => {
  const { url } = await webServer(() => createUIMessageStreamResponse({ stream: answerOf('Hi') }));
  const chunks = record(fromChat(url, ask.chatId, messages));
  await chunks.ended();
  expect(chunks.error).toBeUndefined();
  expect(chunks.values.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []))).toEqual([
    'An ',
    'answer ',
    'in ',
    'words',
  ]);
});

it('errors where the official server tells of a failure, and where the answer ends early', async () => {
  const failed = new ReadableStream<UIMessageChunk>({
    start(controller) {
      controller.enqueue({ type: 'error', errorText: 'Too many questions' });
      controller.close();
    },
  });
  const { url } = await webServer((request) =>
    request.url.endsWith('early')
      ? new Response('data: {"type":"start"}\n\n', { headers: { 'content-type': 'text/event-stream' } })
      : createUIMessageStreamResponse({ stream: failed }),
  );
  const failing = record(fromChat(url, ask.chatId, messages));
  await failing.ended();
  expect(failing.error).toMatchObject({ message: 'Too many questions' });
  const early = record(fromChat(`${url}early`, ask.chatId, messages));
  await early.ended();
  expect(early.error).toSatisfy(isStreamTruncatedError);
});

it('closes its connection when it is stopped', async () => {
  const served = await webServer(() => createUIMessageStreamResponse({ stream: answerOf('Hi', 60_000) }));
  const { url, sockets } = await brokenPath(served.url, () => undefined);
  const chunks = record(fromChat(url, ask.chatId, messages));
  await chunks.received(1);
  expect(sockets()).toBe(2);
  chunks.subscription.unsubscribe();
  await expect.poll(sockets).toBe(0);
});
