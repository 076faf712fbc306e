import OpenAI, { AuthenticationError } from 'openai';
import { of } from 'rxjs';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { chatHandler } from '../support/chatHandler';
import type { Handler } from '../support/frameworks';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();
beforeEach(() => {
  const complaints = vi.spyOn(console, 'error');
  return () => {
    expect(complaints).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  };
});

/** The relay of the README in front of a service, and a client of it. */
async function relayed(service: HttpServer, apiKey = 'key'): Promise<{ client: OpenAI; relay: HttpServer }> {
  vi.stubEnv('OPENAI_BASE_URL', `${service.url}v1`);
  vi.stubEnv('OPENAI_API_KEY', apiKey);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { POST } = await evaluate<{ POST: Handler }>("A relay of an SDK's stream");
  const relay = await webServer(POST);
  return { client: new OpenAI({ baseURL: relay.url, apiKey: 'of a client', maxRetries: 0 }), relay };
}

const ask = (client: OpenAI, signal?: AbortSignal): Promise<AsyncIterable<OpenAI.ChatCompletionChunk>> =>
  client.chat.completions.create(
    { model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true },
    { signal },
  );

describe("the README: A relay of an SDK's stream", () => {
  it('passes an answer on as it comes, to its end', async () => {
    const words = producer('one');
    const { client } = await relayed(await webServer(chatHandler(words.source)));

    const seen: string[] = [];
    for await (const { choices } of await ask(client)) {
      const content = choices[0]?.delta.content;
      if (!content) continue;
      seen.push(content);
      if (content === 'one') words.next('two');
      else words.complete();
    }

    expect(seen).toEqual(['one', 'two']);
    await words.observedBy(0);
  });

  it('ends an upstream that is quiet when its client leaves', async () => {
    const words = producer('one');
    const { client } = await relayed(await webServer(chatHandler(words.source, { heartbeat: 0 })));

    for await (const { choices } of await ask(client)) if (choices[0]?.delta.content) break;

    await words.observedBy(0);
  });

  it('ends an upstream that has not answered yet when its client leaves', async () => {
    const service = await httpServer(() => undefined);
    const { client } = await relayed(service);
    const leaving = new AbortController();

    const answer = ask(client, leaving.signal);
    const { disconnected } = await service.exchange(1);
    leaving.abort();

    await expect(answer).rejects.toThrow('aborted');
    await disconnected;
  });

  it('is refused as the service refuses', async () => {
    const { client } = await relayed(await webServer(chatHandler(of('one'))), 'wrong');

    await expect(ask(client)).rejects.toBeInstanceOf(AuthenticationError);
  });
});
