import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NEVER, ReplaySubject, concat, firstValueFrom, of, tap, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chat } from '../../examples/s5-chat/chat';
import { questionTo } from '../../examples/s5-chat/chatService';
import { fromChat } from '../../examples/s5-chat/fromChat';
import { relay } from '../../examples/s7-relay/relay';
import type { Handler } from '../../examples/serving/handler';
import { absentClient } from '../support/absentClient';
import { flood } from '../support/flood';
import { cutAt } from './cutAt';
import { itStopsTheModel } from './itStopsTheModel';
import { outcome } from './outcome';
import { listening, served } from './served';
import type { Served } from './served';

/** Both ways through the relay; the clients' key is not the relay's. */
const ways: Record<'events' | 'text', (origin: string, question?: string) => Observable<string>> = {
  events: (origin, question = 'Hi') =>
    fromChat({ baseUrl: `${origin}/v1`, apiKey: 'mine', model: 'small' }, question),
  text: (origin, question = 'Hi') =>
    fromChunkedFetch(`${origin}/text`, questionTo({ baseUrl: '', apiKey: 'mine', model: 'small' }, question)),
};

/** The error that the client of each gets from a stream that is cut off. */
const failures = { events: 'StreamServerError', text: 'StreamNetworkError' };

async function relayed(handler: Handler): Promise<Served & { upstream: Served }> {
  const upstream = await served(handler);
  return {
    ...(await served(relay({ baseUrl: `${upstream.origin}/v1`, apiKey: 'secret' }))),
    upstream,
  };
}

/** The first word, and then it thinks. */
const word$ = concat(of('one'), NEVER);

describe.each(['events', 'text'] as const)('a relay of a model, as %s', (way) => {
  const ask = ways[way];

  it('delivers the first word before the second is produced', async () => {
    const { origin } = await relayed(chat({ model: () => word$ }));

    expect(await firstValueFrom(ask(origin))).toBe('one');
  });

  it('delivers all of it and completes', async () => {
    const { origin } = await relayed(chat({ model: (question) => of(question, ' yourself', ' ✓') }));

    expect((await outcome(ask(origin, 'Hello'))).join('')).toBe('Hello yourself ✓');
  });

  it('shows a model that fails as a failure', async () => {
    const broken$ = concat(
      of('one'),
      throwError(() => new Error('private')),
    );
    const { origin } = await relayed(chat({ model: () => broken$ }));

    const seen = await outcome(ask(origin));

    expect(seen).toEqual(['one', expect.objectContaining({ name: failures[way] })]);
    expect(String(seen[1])).not.toContain('private');
  });

  it('shows a connection upstream that breaks as a failure', async () => {
    const { origin, upstream } = await relayed(chat({ model: () => word$ }));

    const seen = await outcome(ask(origin).pipe(tap(() => upstream.exchanges[0]?.response.destroy())));

    expect(seen).toEqual(['one', expect.objectContaining({ name: failures[way] })]);
  });

  it('shows an answer that ends upstream without [DONE] as a failure', async () => {
    const { origin } = await relayed(cutAt(' two', chat({ model: () => of('one', ' two') })));

    expect(await outcome(ask(origin))).toEqual(['one', expect.objectContaining({ name: failures[way] })]);
  });

  it('refuses what is refused upstream, with the same status', async () => {
    const { origin } = await relayed(chat({ concurrent: 0 }));

    expect(await outcome(ask(origin))).toEqual([
      expect.objectContaining({ name: 'HttpStatusError', status: 429, body: 'The model failed.' }),
    ]);
  });

  it('shows its own key upstream, not that of its client', async () => {
    const { origin, upstream } = await relayed(chat({ model: () => of('one') }));

    await outcome(ask(origin));

    expect(upstream.exchanges.map(({ request }) => request.headers.authorization)).toEqual(['Bearer secret']);
  });

  itStopsTheModel(async (model) => ask((await relayed(chat({ model }))).origin));

  it('cuts a client off that does not read, before what waits for it fills the memory', async () => {
    const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(8 * 1024) } }] })}\n\n`;
    const asked$ = new ReplaySubject<ServerResponse>(1);
    const upstream = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      flood(response, () => piece, 32 * 1024);
      asked$.next(response);
    });
    const relaying = spawn(
      process.execPath,
      [
        '--expose-gc',
        '--import=tsx',
        fileURLToPath(new URL('../support/memoryOfRelaying.ts', import.meta.url)),
        upstream.origin,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    onTestFinished(() => {
      relaying.kill();
    });
    const lines = createInterface(relaying.stdout)[Symbol.asyncIterator]();
    const { value: origin } = (await lines.next()) as { value: string };

    absentClient(`${origin}${way === 'text' ? '/text' : '/v1/chat/completions'}`);
    const response = await firstValueFrom(asked$);
    if (!response.closed) await once(response, 'close');
    relaying.stdin.end();
    const { value: growth } = (await lines.next()) as { value: string };

    expect(response.writableFinished).toBe(false);
    expect(Number(growth)).toBeLessThan(64 * 1024 * 1024);
  }, 60_000);
});

describe('fromEventSource piped to toSseResponse', () => {
  it('relays messages as they are, with type, data and id', async () => {
    const message = { type: 'tick', data: 'one\ntwo', id: '7' };
    const upstream = await served((request) => toSseResponse(of(message), { request }));
    const { origin } = await served((request) =>
      toSseResponse(fromEventSource(upstream.origin, { reconnect: false }), { request }),
    );

    expect(await outcome(fromEventSource(origin, { reconnect: false }))).toEqual([message]);
  });
});
