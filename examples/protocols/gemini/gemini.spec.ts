import { GoogleGenAI } from '@google/genai';
import { of } from 'rxjs';
import { isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { endedEarly } from '../support/endedEarly';
import { mockModel } from '../support/mockModel';
import { fromContent } from './fromContent';
import { serveContent } from './serveContent';

const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }];
const key = { 'x-goog-api-key': 'key' };

it('gives the official client each word while the next is not yet made, and sees it leave', async () => {
  const words = producer('Grüße, ');
  const { url, disconnected } = await webServer(serveContent(() => words.source));
  const client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: url } });
  const stop = new AbortController();
  const config = { abortSignal: stop.signal };
  const answer = await client.models.generateContentStream({ model: 'm', contents, config });
  const seen: (string | undefined)[] = [];
  const reading = (async () => {
    for await (const { text } of answer) {
      seen.push(text);
      if (seen.length === 1) words.next('日本');
      else stop.abort();
    }
  })();
  await expect(reading).rejects.toThrow('aborted');
  expect(seen).toEqual(['Grüße, ', '日本']);
  await words.observedBy(0);
  await disconnected(1);
});

it('gives the official client a whole answer when the source completes', async () => {
  const { url } = await webServer(serveContent(() => of('one ', 'two')));
  const client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: url } });
  const seen = [];
  for await (const { text, candidates } of await client.models.generateContentStream({
    model: 'm',
    contents,
  }))
    seen.push([text, candidates?.[0]?.finishReason]);
  expect(seen).toEqual([
    ['one ', undefined],
    ['two', undefined],
    ['', 'STOP'],
  ]);
});

it('reads an answer of another server to its end', async () => {
  const { url } = await mockModel('An answer in several parts');
  const parts = record(fromContent(`${url}v1beta/models/gemini`, contents, key));
  await parts.ended();
  expect(parts.error).toBeUndefined();
  const text = parts.values.map(({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text ?? '');
  expect(text.join('')).toBe('An answer in several parts');
});

it('errors where another server cuts its answer', async () => {
  const { url } = await mockModel('An answer in several parts', { truncateAfterChunks: 2 });
  const parts = record(fromContent(`${url}v1beta/models/gemini`, contents, key));
  await parts.ended();
  expect(parts.error).toSatisfy(isStreamNetworkError);
});

it('errors where an answer ends without its last part', async () => {
  const url = await endedEarly('data: {"candidates":[{}]}\n\n');
  const early = record(fromContent(url, contents, key));
  await early.ended();
  expect(early.values).toHaveLength(1);
  expect(early.error).toSatisfy(isStreamTruncatedError);
});

it('closes its connection when it is stopped', async () => {
  const { url, sockets } = await mockModel('An answer in several parts', { latency: 60_000 });
  const parts = record(fromContent(`${url}v1beta/models/gemini`, contents, key));
  await expect.poll(sockets).toBe(2);
  parts.subscription.unsubscribe();
  await expect.poll(sockets).toBe(0);
});
