import { firstValueFrom, of, take, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { expect, it, vi } from 'vitest';
import { evaluate } from './evaluate';

const answering = (body: Observable<Uint8Array>): StreamFetch =>
  vi.fn<StreamFetch>(() =>
    of({
      ok: true,
      status: 200,
      statusText: '',
      url: '',
      headers: new Headers({ 'content-type': 'text/event-stream' }),
      body,
    }),
  );

it('reads a stream: prints each message, and says that it was all', async () => {
  const printed: unknown[][] = [];
  const print = (...words: unknown[]): void => {
    printed.push(words);
  };
  await evaluate(
    'Read a stream',
    { console: { log: print, error: print } },
    { fetch: answering(of(utf8('id: 7\ndata: hello\n\n:rxjs-http-streams\n:rxjs-http-streams end\n\n'))) },
  );
  expect(printed).toEqual([['message', 'hello', '7'], ['the server said that this was all']]);
});

it('serves a stream: each client continues after the last message it has', async () => {
  const { GET } = await evaluate<{ GET: (request: Request) => Response }>('Serve a stream');
  const read = (lastEventId?: string) =>
    firstValueFrom(
      fromEventSource('http://localhost/', {
        lastEventId,
        fetch: (_input, init) => Promise.resolve(GET(new Request('http://localhost/', init))),
      }).pipe(take(2), toArray()),
    );
  const first = await read();
  const second = await read(first[0]!.id);
  expect(second.map(({ id }) => id)[0]).toBe(first[1]!.id);
});

it('tests a stream: its marbles hold', async () => {
  const passed: string[] = [];
  const run = (name: string, body: () => void): void => {
    body();
    passed.push(name);
  };
  await evaluate('Test a stream', {}, { modules: { vitest: { expect, it: run } } });
  expect(passed).toEqual(['continues a feed after the last message it has seen']);
});
