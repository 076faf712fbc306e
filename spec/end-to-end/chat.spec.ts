import {
  NEVER,
  Subject,
  concat,
  firstValueFrom,
  lastValueFrom,
  map,
  of,
  switchMap,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromChunkedFetch, fromEventSource, isHttpStatusError, parseJson } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { chat } from '../../examples/s5-chat/chat';
import type { ChatConfig } from '../../examples/s5-chat/chat';
import { contentOf } from '../../examples/s5-chat/chatChunk';
import { completionsOf, questionTo } from '../../examples/s5-chat/chatService';
import type { ChatService } from '../../examples/s5-chat/chatService';
import { cutAnywhere } from '../../examples/s5-chat/cutAnywhere';
import { fromChat } from '../../examples/s5-chat/fromChat';
import { keptAnswers } from '../../examples/s5-chat/keptAnswers';
import type { Model } from '../../examples/s5-chat/localModel';
import { withPage } from '../../examples/serving/withPage';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { stoppable } from './beats';
import { cutAt } from './cutAt';
import { eventually } from './eventually';
import { itStopsTheModel } from './itStopsTheModel';
import { outcome } from './outcome';
import { served } from './served';
import type { Served } from './served';

const serviceAt = (origin: string): ChatService => ({
  baseUrl: `${origin}/v1`,
  apiKey: 'key',
  model: 'small',
});

const answer = (origin: string): Observable<string> => fromChat(serviceAt(origin), 'Hi');

const says =
  (...words: string[]): Model =>
  () =>
    of(...words);

/** The first word, and then it thinks. */
const word$ = concat(of('one'), NEVER);

const servedChat = (model: Model, config: ChatConfig = {}): Promise<Served> =>
  served(cutAnywhere(chat({ model, ...config })));

interface ChatPage extends Pick<Served, 'exchanges'> {
  /** Breaks the connection of the last request for a path. */
  cut: (path: string) => void;
  click: (name: string) => Promise<void>;
  reload: () => Promise<void>;
  answer: () => Promise<string | null>;
  state: () => Promise<string | null>;
}

describe('a chat completion over POST', () => {
  it('delivers the first word before the second is produced', async () => {
    const { origin } = await servedChat(() => word$);

    expect(await firstValueFrom(answer(origin))).toBe('one');
  });

  it('comes as a role, the words, a reason to stop and [DONE], on which it completes', async () => {
    const { origin } = await servedChat(says('one', ' two'));
    const service = serviceAt(origin);

    const chunks = await lastValueFrom(
      fromEventSource(completionsOf(service), questionTo(service, 'Hi')).pipe(
        endOn('[DONE]'),
        map(({ data }) => data),
        parseJson(),
        toArray(),
      ),
    );

    expect(chunks).toEqual(
      [
        { delta: { role: 'assistant' }, finish_reason: null },
        { delta: { content: 'one' }, finish_reason: null },
        { delta: { content: ' two' }, finish_reason: null },
        { delta: {}, finish_reason: 'stop' },
      ].map((choice) => ({
        id: expect.stringMatching(/^chatcmpl-/) as string,
        object: 'chat.completion.chunk',
        created: expect.any(Number) as number,
        model: 'small',
        choices: [{ index: 0, ...choice }],
      })),
    );
  });

  it.each(['{"choices":[]}', '{"choices":[{"index":0}]}', '{"choices":[{"index":0,"delta":{}}]}'])(
    'has no text in a frame without a choice, a delta or a content: %s',
    (data) => {
      expect(contentOf(data)).toBe('');
    },
  );

  it('assembles characters that were cut on the way', async () => {
    const text = '“€𝄞” — voilà ✓';
    const { origin } = await servedChat(says(text));
    const service = serviceAt(origin);
    const decodable = (bytes: Uint8Array): boolean => !new TextDecoder().decode(bytes).includes('\uFFFD');

    const chunks = await lastValueFrom(
      fromChunkedFetch(completionsOf(service), {
        ...questionTo(service, 'Hi'),
        responseType: 'bytes',
      }).pipe(toArray()),
    );

    expect(chunks.every(decodable)).toBe(false);
    expect(await outcome(answer(origin))).toEqual([text]);
  });

  it('shows an answer that ends without [DONE] as cut off', async () => {
    const { origin } = await served(cutAt(' three', chat({ model: says('one', ' two', ' three') })));

    expect(await outcome(answer(origin))).toEqual([
      'one',
      ' two',
      expect.objectContaining({ name: 'StreamTruncatedError' }),
    ]);
  });

  it('shows an answer as cut off, without its marker, when the model breaks down', async () => {
    const model = (): Observable<string> =>
      concat(
        of('one'),
        throwError(() => new Error('secret')),
      );
    const { origin } = await served(chat({ model }));
    const service = serviceAt(origin);

    const seen = await outcome(answer(origin));
    const wire = await outcome(fromChunkedFetch(completionsOf(service), questionTo(service, 'Hi')));

    expect(seen).toEqual(['one', expect.objectContaining({ name: 'StreamServerError' })]);
    expect(wire.join('')).not.toMatch(/DONE|secret|"stop"/);
  });

  it('shows a connection that breaks as a failure, and asks only once', async () => {
    const { origin, exchanges } = await servedChat(() => word$);

    const seen = await outcome(answer(origin).pipe(tap(() => exchanges[0]?.response.destroy())));

    expect(seen).toEqual(['one', expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' })]);
    expect(exchanges).toHaveLength(1);
  });

  itStopsTheModel(async (model) => answer((await servedChat(model)).origin));

  it('refuses who has no key with a 401 that says so', async () => {
    const { origin } = await servedChat(says('one'));

    const [error] = await outcome(
      fromEventSource(`${origin}/v1/chat/completions`, { method: 'POST', body: '{}' }),
    );

    expect(isHttpStatusError(error) && [error.status, JSON.parse(error.body)]).toEqual([
      401,
      { error: expect.objectContaining({ code: 'invalid_api_key' }) as unknown },
    ]);
  });

  it('refuses one answer too many with a 429 that says when to come back, until one has ended', async () => {
    const { source$, stopped$ } = stoppable(word$);
    const { origin } = await servedChat(() => source$, { concurrent: 1 });

    const [error] = await outcome(answer(origin).pipe(switchMap(() => answer(origin))));

    expect(isHttpStatusError(error) && [error.status, error.retryAfter, JSON.parse(error.body)]).toEqual([
      429,
      2_000,
      { error: expect.objectContaining({ code: 'rate_limit_exceeded' }) as unknown },
    ]);
    await firstValueFrom(stopped$);
    expect(await firstValueFrom(answer(origin))).toBe('one');
  });
});

describe.skipIf(!installedChromium)('the page of the chat', () => {
  const open = async (model: Model, config: ChatConfig = {}): Promise<ChatPage> => {
    const folder = new URL('../../examples/s5-chat/', import.meta.url);
    const answers = keptAnswers(
      (question, origin) => fromChat(serviceAt(origin), question),
      cutAnywhere(chat({ model, ...config })),
    );
    const { origin, exchanges } = await served(withPage(folder, answers));
    const page = await openPage(origin);
    return {
      exchanges,
      cut: (path) => {
        exchanges
          .filter(({ request }) => request.url?.startsWith(path))
          .at(-1)
          ?.response.destroy();
      },
      click: (name) => page.getByRole('button', { name }).click(),
      reload: async () => {
        await page.reload();
      },
      answer: () => page.locator('#answer').textContent(),
      state: () => page.locator('#state').textContent(),
    };
  };

  it('appends what comes, and says when it has finished', async () => {
    const rest$ = new Subject<string>();
    const { click, answer, state } = await open(() => concat(of('Voilà'), rest$));

    await click('Ask');
    await eventually(answer).toBe('Voilà');
    expect(await state()).toMatch(/^answering/);
    rest$.next(' ✓');
    await eventually(answer).toBe('Voilà ✓');
    rest$.complete();

    await eventually(state).toBe('finished');
  });

  it('goes on when it is reloaded in the middle of an answer, and asks the model once', async () => {
    const rest$ = new Subject<string>();
    let asked = 0;
    const { click, reload, answer, state } = await open(() => {
      asked++;
      return concat(of('one'), rest$);
    });

    await click('Ask');
    await eventually(answer).toBe('one');
    const reloaded = reload();
    rest$.next(' two');
    await reloaded;
    await eventually(answer).toBe('one two');
    expect(await state()).toMatch(/^answering/);
    rest$.next(' three');
    await eventually(answer).toBe('one two three');
    rest$.complete();
    await eventually(state).toBe('finished');

    await reload();
    await eventually(answer).toBe('one two three');
    await eventually(state).toBe('finished');
    expect(asked).toBe(1);
  });

  it('stops the model at Stop after it was reloaded, and shows the answer as stopped from then on', async () => {
    const { source$, stopped$ } = stoppable(word$);
    const { click, reload, answer, state } = await open(() => source$);

    await click('Ask');
    await eventually(answer).toBe('one');
    await reload();
    await eventually(answer).toBe('one');
    await click('Stop');

    await firstValueFrom(stopped$);
    await eventually(state).toBe('stopped by you');
    expect(await answer()).toBe('one');
    await reload();
    await eventually(state).toBe('stopped by you');
    expect(await answer()).toBe('one');
  });

  it('goes on when its connection is cut, with nothing lost and nothing twice', async () => {
    const rest$ = new Subject<string>();
    const { click, answer, state, cut, exchanges } = await open(() => concat(of('one'), rest$));

    await click('Ask');
    await eventually(answer).toBe('one');
    cut('/answers/');
    rest$.next(' two');
    rest$.complete();

    await eventually(state).toBe('finished');
    expect(await answer()).toBe('one two');
    expect(exchanges.filter(({ request }) => request.url?.startsWith('/answers/'))).toMatchObject([
      { request: { method: 'POST' } },
      { request: { method: 'GET' } },
    ]);
  });

  it('tells an answer that was cut off from one that has finished', async () => {
    const { click, answer, state, cut, reload } = await open(() => word$);

    await click('Ask');
    await eventually(answer).toBe('one');
    cut('/v1/');

    await eventually(state).toMatch(/^cut off/);
    expect(await answer()).toBe('one');
    await reload();
    await eventually(state).toMatch(/^cut off/);
    expect(await answer()).toBe('one');
  });

  it('says when to try again after a refusal', async () => {
    const { click, state } = await open(says('one'), { concurrent: 0 });

    await click('Ask');

    await eventually(state).toBe('refused with status 429, try again in 2 s');
  });
});
