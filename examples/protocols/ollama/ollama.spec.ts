import { Ollama } from 'ollama';
import { isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { endedEarly } from '../support/endedEarly';
import { mockModel } from '../support/mockModel';
import { fromChat } from './fromChat';
import { serveChat } from './serveChat';

const question = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

it('gives the official client each word while the next is not yet made, and sees it leave', async () => {
  const words = producer('Grüße, ');
  const { url, disconnected } = await webServer(serveChat(() => words.source));
  const answer = await new Ollama({ host: url }).chat({ ...question, stream: true });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { message } of answer) {
      seen.push(message.content);
      if (seen.length === 1) words.next('日本');
      else answer.abort();
    }
  })();
  await expect(reading).rejects.toThrow('aborted');
  expect(seen).toEqual(['Grüße, ', '日本']);
  await words.observedBy(0);
  await disconnected(1);
});

it('reads an answer of another server to its last row', async () => {
  const { url } = await mockModel('An answer in several rows');
  const rows = record(fromChat(url, question));
  await rows.ended();
  expect(rows.outcome).toBe('complete');
  expect(rows.values.map(({ message }) => message.content).join('')).toBe('An answer in several rows');
  expect(rows.values.at(-1)).toMatchObject({ done: true });
});

it('errors where the answer is cut', async () => {
  const { url } = await mockModel('An answer in several rows', { truncateAfterChunks: 2 });
  const rows = record(fromChat(url, question));
  await rows.ended();
  expect(rows.error).toSatisfy(isStreamNetworkError);
});

it('errors where an answer ends without its last row', async () => {
  const url = await endedEarly('{"message":{"content":"one"},"done":false}\n', 'application/x-ndjson');
  const early = record(fromChat(url, question));
  await early.ended();
  expect(early.values).toHaveLength(1);
  expect(early.error).toSatisfy(isStreamTruncatedError);
});

it('closes its connection when it is stopped', async () => {
  const { url, sockets } = await mockModel('An answer in several rows', { latency: 60_000 });
  const rows = record(fromChat(url, question));
  await expect.poll(sockets).toBe(2);
  rows.subscription.unsubscribe();
  await expect.poll(sockets).toBe(0);
});
