import Anthropic from '@anthropic-ai/sdk';
import { isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { endedEarly } from '../support/endedEarly';
import { mockModel } from '../support/mockModel';
import { fromMessages } from './fromMessages';
import { serveMessages } from './serveMessages';

const question = { model: 'm', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] };
const key = { 'x-api-key': 'key' };
const clientOf = (url: string): Anthropic =>
  new Anthropic({ baseURL: url.slice(0, -1), apiKey: 'key', maxRetries: 0 });

it('gives the official client each word while the next is not yet made, and sees it leave', async () => {
  const words = producer('Grüße, ');
  const { url, disconnected } = await webServer(serveMessages(() => words.source));
  const seen: string[] = [];
  for await (const event of await clientOf(url).messages.create({ ...question, stream: true })) {
    if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
    seen.push(event.delta.text);
    if (seen.length === 1) words.next('日本');
    else break;
  }
  expect(seen).toEqual(['Grüße, ', '日本']);
  await words.observedBy(0);
  await disconnected(1);
});

it('gives the official client a whole message when the source completes', async () => {
  const words = producer('one');
  const { url } = await webServer(serveMessages(() => words.source));
  const answer = clientOf(url).messages.stream(question);
  await words.observedBy(1);
  words.complete();
  expect(await answer.finalMessage()).toMatchObject({
    role: 'assistant',
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: 'one' }],
  });
});

it('reads a message of another server to its end', async () => {
  const { url } = await mockModel('An answer in several events');
  const events = record(fromMessages(url.slice(0, -1), question, key));
  await events.ended();
  expect(events.error).toBeUndefined();
  const text = events.values.map((event) =>
    event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '',
  );
  expect(text.join('')).toBe('An answer in several events');
  expect(events.values.at(-1)).toEqual({ type: 'message_stop' });
});

it('errors where another server cuts its message', async () => {
  const { url } = await mockModel('An answer in several events', { truncateAfterChunks: 3 });
  const events = record(fromMessages(url.slice(0, -1), question, key));
  await events.ended();
  expect(events.error).toSatisfy(isStreamNetworkError);
});

it('errors where an answer ends without its last event', async () => {
  const url = await endedEarly('event: ping\ndata: {"type":"ping"}\n\n');
  const early = record(fromMessages(url, question, key));
  await early.ended();
  expect(early.values).toHaveLength(1);
  expect(early.error).toSatisfy(isStreamTruncatedError);
});

it('closes its connection when it is stopped', async () => {
  const { url, sockets } = await mockModel('An answer in several events', { latency: 60_000 });
  const events = record(fromMessages(url.slice(0, -1), question, key));
  await expect.poll(sockets).toBe(2);
  events.subscription.unsubscribe();
  await expect.poll(sockets).toBe(0);
});
