import OpenAI from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { isHttpStatusError, isStreamNetworkError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { webServer } from '../../../spec/support/webServer';
import { endedEarly } from '../support/endedEarly';
import { mockModel } from '../support/mockModel';
import { fromCompletions } from './fromCompletions';
import { fromResponse } from './fromResponse';
import { serveCompletions } from './serveCompletions';
import { serveResponses } from './serveResponses';

const question = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] };
const clientOf = (url: string): OpenAI => new OpenAI({ baseURL: `${url}v1`, apiKey: 'key', maxRetries: 0 });

describe('chat completions', () => {
  it('give the official client each word while the next is not yet made, and see it leave', async () => {
    const words = producer('Grüße, ');
    const { url, disconnected } = await webServer(serveCompletions(() => words.source));
    const answer = await clientOf(url).chat.completions.create({ ...question, stream: true });
    const seen: string[] = [];
    for await (const { choices } of answer) {
      const word = choices.at(0)?.delta.content ?? '';
      if (word) seen.push(word);
      if (word === 'Grüße, ') words.next('日本');
      if (word === '日本') break;
    }
    expect(seen).toEqual(['Grüße, ', '日本']);
    await words.observedBy(0);
    await disconnected(1);
  });

  it('are whole for the official client when the source completes', async () => {
    const words = producer('one');
    const { url } = await webServer(serveCompletions(() => words.source));
    const answer = clientOf(url).chat.completions.stream(question);
    await words.observedBy(1);
    words.complete();
    expect((await answer.finalChatCompletion()).choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'one' },
    });
  });

  it('of another server are read to their end', async () => {
    const { url } = await mockModel('An answer in several chunks');
    const chunks = record(fromCompletions(`${url}v1`, question, 'key'));
    await chunks.ended();
    expect(chunks.error).toBeUndefined();
    const text = chunks.values.map(({ choices }) => choices.at(0)?.delta.content ?? '').join('');
    expect(text).toBe('An answer in several chunks');
  });

  it('of another server that are cut, or refused, are errors', async () => {
    const { url } = await mockModel('An answer in several chunks', { truncateAfterChunks: 2 });
    const cut = record(fromCompletions(`${url}v1`, question, 'key'));
    await cut.ended();
    expect(cut.error).toSatisfy(isStreamNetworkError);
    const refused = record(fromCompletions(`${url}v2`, question, 'key'));
    await refused.ended();
    expect(refused.error).toSatisfy(isHttpStatusError);
  });

  it('that end without their mark are errors', async () => {
    const url = await endedEarly('data: {"choices":[]}\n\n');
    const early = record(fromCompletions(url, question, 'key'));
    await early.ended();
    expect(early.values).toHaveLength(1);
    expect(early.error).toSatisfy(isStreamTruncatedError);
  });

  it('of another server end when they are stopped', async () => {
    const { url, sockets } = await mockModel('An answer in several chunks', { latency: 60_000 });
    const chunks = record(fromCompletions(`${url}v1`, question, 'key'));
    await expect.poll(sockets).toBe(2);
    chunks.subscription.unsubscribe();
    await expect.poll(sockets).toBe(0);
  });
});

describe('responses', () => {
  const params = { model: 'm', input: 'Hi' };
  const begun = (id: string): ResponseStreamEvent =>
    ({
      type: 'response.created',
      response: { id, status: 'in_progress', output: [] },
    }) as unknown as ResponseStreamEvent;
  const delta = (text: string): ResponseStreamEvent =>
    ({ type: 'response.output_text.delta', delta: text }) as unknown as ResponseStreamEvent;
  const whole = (id: string): ResponseStreamEvent =>
    ({ type: 'response.completed', response: { id, status: 'completed' } }) as unknown as ResponseStreamEvent;

  /** Starts a server whose events the spec makes. */
  async function served() {
    const events = producer<ResponseStreamEvent>();
    const ids: string[] = [];
    const server = await webServer(
      serveResponses((id) => {
        ids.push(id);
        return events.source;
      }),
    );
    return { ...server, events, ids };
  }

  it('continue for the official client after the event that it names', async () => {
    const { url, events, ids } = await served();
    const client = clientOf(url);
    const first = await client.responses.create({ ...params, stream: true, background: true });
    await events.observedBy(1);
    const id = ids[0]!;
    events.next(begun(id));
    events.next(delta('one'));
    for await (const { type } of first) if (type === 'response.output_text.delta') break;
    events.next(delta('two'));
    const seen: ResponseStreamEvent[] = [];
    const next = await client.responses.retrieve(id, { stream: true, starting_after: 1 });
    events.next(whole(id));
    events.complete();
    for await (const event of next) seen.push(event);
    expect(seen).toMatchObject([
      { delta: 'two', sequence_number: 2 },
      { type: 'response.completed', sequence_number: 3 },
    ]);
    expect(ids).toHaveLength(1);
  });

  it('stop when the official client cancels them, or leaves one that is not in the background', async () => {
    const { url, events, ids } = await served();
    const client = clientOf(url);
    await client.responses.create({ ...params, stream: true, background: true });
    await events.observedBy(1);
    await client.responses.cancel(ids[0]!);
    await events.observedBy(0);
    const stream = await client.responses.create({ ...params, stream: true });
    await events.observedBy(1);
    stream.controller.abort();
    await events.observedBy(0);
  });

  it('are continued after a cut, and asked for once', async () => {
    const { url, events, ids, exchanges } = await served();
    const seen = record(fromResponse(`${url}v1`, { ...params, background: true }, 'key'));
    await events.observedBy(1);
    events.next(begun(ids[0]!));
    events.next(delta('one'));
    await seen.received(2);
    exchanges[0]!.request.socket.resetAndDestroy();
    events.next(delta('two'));
    events.next(whole(ids[0]!));
    events.complete();
    await seen.ended();
    expect(seen.values.map((event) => event.sequence_number)).toEqual([0, 1, 2, 3]);
    expect(exchanges.map(({ request }) => request.method)).toEqual(['POST', 'GET']);
  });

  it('are asked for once and not continued where they are not in the background', async () => {
    const { url, events, ids, exchanges } = await served();
    const seen = record(fromResponse(`${url}v1`, params, 'key'));
    await events.observedBy(1);
    events.next(begun(ids[0]!));
    await seen.received(1);
    exchanges[0]!.request.socket.resetAndDestroy();
    await seen.ended();
    expect(seen.error).toSatisfy(isStreamNetworkError);
    expect(exchanges).toHaveLength(1);
  });

  it('of another server are read to their end', async () => {
    const { url } = await mockModel('An answer in several events');
    const events = record(fromResponse(`${url}v1`, params, 'key'));
    await events.ended();
    expect(events.error).toBeUndefined();
    const text = events.values
      .map((event) => (event.type === 'response.output_text.delta' ? event.delta : ''))
      .join('');
    expect(text).toBe('An answer in several events');
    expect(events.values.at(-1)?.type).toBe('response.completed');
  });

  it('of another server end when they are stopped', async () => {
    const { url, sockets } = await mockModel('An answer in several events', { latency: 60_000 });
    const events = record(fromResponse(`${url}v1`, params, 'key'));
    await expect.poll(sockets).toBe(2);
    events.subscription.unsubscribe();
    await expect.poll(sockets).toBe(0);
  });
});
