import OpenAI, { AuthenticationError, RateLimitError } from 'openai';
import { concat, delay, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { chatHandler } from '../support/chatHandler';
import type { Handler } from '../support/frameworks';
import { producer } from '../support/producer';
import { received } from '../support/received';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

const clientOf = async (handler: Handler, apiKey = 'key'): Promise<OpenAI> => {
  const { url } = await webServer(handler);
  return new OpenAI({ baseURL: `${url}v1`, apiKey, maxRetries: 0 });
};

/** The stream of the official client. */
type Answer = AsyncIterable<OpenAI.ChatCompletionChunk> & { readonly controller: AbortController };

const ask = async (client: OpenAI): Promise<Answer> =>
  client.chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'Hi' }],
    stream: true,
  });

const contentOf = ({ choices }: OpenAI.ChatCompletionChunk): string => choices[0]?.delta.content ?? '';

describe('the official OpenAI client', () => {
  it('reads an answer to its end, and sees none of the comments', async () => {
    const slow = concat(of('Grüße, '), of('日本').pipe(delay(40)), of(' 🙂').pipe(delay(40)));
    const client = await clientOf(chatHandler(slow, { heartbeat: 5 }));
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await ask(client)) chunks.push(chunk);
    expect(chunks.map(contentOf).join('')).toBe('Grüße, 日本 🙂');
    expect(chunks).toHaveLength(5);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });

  it('gets each word while the next is not yet made', async () => {
    const words = producer('one');
    const stream = await ask(await clientOf(chatHandler(words.source)));
    const seen: string[] = [];
    for await (const chunk of stream) {
      const content = contentOf(chunk);
      if (!content) continue;
      seen.push(content);
      if (content === 'one') words.next('two');
      else words.complete();
    }
    expect(seen).toEqual(['one', 'two']);
    await words.observedBy(0);
  });

  it.each<[string, (stream: Answer) => Promise<void>]>([
    [
      'aborts',
      async (stream) => {
        for await (const chunk of stream) if (contentOf(chunk)) stream.controller.abort();
      },
    ],
    [
      'leaves the loop',
      async (stream) => {
        for await (const chunk of stream) if (contentOf(chunk)) break;
      },
    ],
  ])('ends the source when it %s', async (_, read) => {
    const words = producer('one');
    await read(await ask(await clientOf(chatHandler(words.source, { heartbeat: 0 }))));
    await words.observedBy(0);
  });

  it('throws when the source fails, after all that came before, and sees neither a mark nor a secret', async () => {
    const words: Observable<string> = concat(
      of('one', 'two'),
      throwError(() => new Error('the secret')),
    );
    const stream = await ask(await clientOf(chatHandler(words)));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of stream) seen.push(contentOf(chunk));
    })();
    await expect(reading).rejects.not.toThrow('secret');
    expect(seen).toEqual(['', 'one', 'two']);
  });

  it('is not told that the answer is done when the source fails', async () => {
    const { baseURL } = await clientOf(chatHandler(throwError(() => new Error('the secret'))));
    const { text, cut } = await received(await fetch(baseURL, { headers: { authorization: 'Bearer key' } }));
    expect(cut).toBe(true);
    expect(text).not.toContain('[DONE]');
  });

  it('throws errors of its own for refusals, before the stream and with awaitFirst', async () => {
    const unauthorised = await clientOf(chatHandler(of('one')), 'wrong');
    await expect(ask(unauthorised)).rejects.toBeInstanceOf(AuthenticationError);
    const limited = await clientOf((request) =>
      toSseResponse(
        throwError(() => Object.assign(new Error('the secret'), { status: 429 })),
        { request, awaitFirst: true },
      ),
    );
    await expect(ask(limited)).rejects.toBeInstanceOf(RateLimitError);
  });
});
