import { filter, firstValueFrom, lastValueFrom, map, reduce, skipUntil, take, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromChunkedFetch, fromEventSource, isHttpStatusError, parseJson } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { chat } from '../../examples/servers/chat';
import { outcome } from './outcome';
import { HOUR, served } from './served';
import { stopSignal } from './stopSignal';

interface Chunk {
  object: string;
  model: string;
  choices: [{ delta: { role?: string; content?: string }; finish_reason: string | null }];
}

const request = {
  method: 'POST',
  headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'small', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
};

const ask = (origin: string, init: RequestInit = request): Observable<Chunk> =>
  fromEventSource(`${origin}/v1/chat/completions`, init).pipe(
    endOn('[DONE]'),
    map(({ data }) => data),
    parseJson<Chunk>(),
  );

const content = ({ choices: [{ delta }] }: Chunk): string => delta.content ?? '';

const answer = (origin: string): Observable<string> =>
  ask(origin).pipe(reduce((text, chunk) => text + content(chunk), ''));

describe('a chat completion over POST', () => {
  it('delivers the first word before the second is produced', async () => {
    const { origin } = await served(chat({ interval: HOUR, answer: 'one two' }));

    expect(await outcome(ask(origin).pipe(map(content), take(2)))).toEqual(['', 'one']);
  });

  it('comes as a role, the words, a reason to stop and [DONE], on which it completes', async () => {
    const { origin } = await served(chat({ interval: 0, answer: 'one two' }));

    const chunks = await lastValueFrom(ask(origin).pipe(toArray()));

    expect(chunks.map(({ choices: [{ delta, finish_reason }] }) => [delta, finish_reason])).toEqual([
      [{ role: 'assistant' }, null],
      [{ content: 'one' }, null],
      [{ content: ' two' }, null],
      [{}, 'stop'],
    ]);
    expect(chunks[0]).toMatchObject({ object: 'chat.completion.chunk', model: 'small' });
  });

  it('assembles characters that were cut on the way', async () => {
    const text = '“€𝄞” — voilà ✓';
    const { origin } = await served(chat({ interval: 0, answer: text }));
    const decodable = (bytes: Uint8Array): boolean => !new TextDecoder().decode(bytes).includes('\uFFFD');

    const chunks = await lastValueFrom(
      fromChunkedFetch(`${origin}/v1/chat/completions`, { ...request, responseType: 'bytes' }).pipe(
        toArray(),
      ),
    );

    expect(chunks.every(decodable)).toBe(false);
    expect(await lastValueFrom(answer(origin))).toBe(text);
  });

  it('ends the generation when the client stops, also between two words', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      chat({
        interval: HOUR,
        onStop,
      }),
    );

    await firstValueFrom(ask(origin).pipe(filter((chunk) => content(chunk) !== '')));

    await firstValueFrom(stopped$);
  });

  it('shows an answer that ends without [DONE] as cut off', async () => {
    const { origin } = await served(chat({ interval: 0, answer: 'one two three', breakOffAfter: 2 }));

    expect(await outcome(ask(origin).pipe(map(content)))).toEqual([
      '',
      'one',
      ' two',
      expect.objectContaining({ name: 'StreamTruncatedError' }),
    ]);
  });

  it('shows a connection that breaks as a failure, and asks only once', async () => {
    const { origin, exchanges } = await served(chat({ interval: HOUR }));

    const seen = await outcome(
      ask(origin).pipe(
        map(({ object }) => object),
        tap(() => exchanges[0]?.response.destroy()),
      ),
    );

    expect(seen.at(-1)).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
    expect(exchanges).toHaveLength(1);
  });

  it('serves a second client on when the first has left', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      chat({
        interval: 1,
        answer: 'word '.repeat(10_000),
        onStop,
      }),
    );

    const second = lastValueFrom(ask(origin).pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(ask(origin));

    expect(await second).toHaveLength(2);
  });

  it('refuses who has no key with a 401 that says so', async () => {
    const { origin } = await served(chat());

    const [error] = await outcome(ask(origin, { method: 'POST', body: request.body }));

    expect(isHttpStatusError(error) && [error.status, JSON.parse(error.body)]).toEqual([
      401,
      { error: expect.objectContaining({ code: 'invalid_api_key' }) as unknown },
    ]);
  });

  it('refuses one answer too many with a 429 that says when to come back', async () => {
    const { origin } = await served(chat({ concurrent: 0 }));

    const [error] = await outcome(ask(origin));

    expect(isHttpStatusError(error) && [error.status, error.retryAfter, JSON.parse(error.body)]).toEqual([
      429,
      2_000,
      { error: expect.objectContaining({ code: 'rate_limit_exceeded' }) as unknown },
    ]);
  });
});
