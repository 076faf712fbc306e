import { NEVER, concatMap, defer, from } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { macrotasks } from '../support/macrotasks';
import { record } from '../support/recording';
import { evaluate } from './evaluate';

/** A body in the hands of a spec: what was asked of it, and the response that has it. */
const bodyOf = (...chunks: Uint8Array[]) => {
  const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
    const chunk = chunks.shift();
    if (chunk) controller.enqueue(chunk);
  });
  const cancel = vi.fn();
  const stream = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
  return { stream, pull, cancel };
};

type Recipe = (
  fetch: (input: unknown, init?: RequestInit) => Promise<Response>,
) => Promise<Observable<string>>;

const before: Recipe = async (fetch) =>
  (await evaluate<{ text$: Observable<string> }>('Before, with from(body)', { fetch })).text$;
const after: Recipe = async (fetch) =>
  (await evaluate<{ text$: Observable<string> }>('After from(body)', {}, { fetch })).text$;

describe.each([
  ['before', before],
  ['after', after],
])('moving from from(body), %s', (_, recipe) => {
  it('gives text with whole characters, and completes', async () => {
    const euro = utf8('€');
    const chunks = [euro.slice(0, 1), euro.slice(1)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const text = record(await recipe(() => Promise.resolve(new Response(body))));
    await text.ended();
    expect({ text: text.values.join(''), outcome: text.outcome }).toEqual({ text: '€', outcome: 'complete' });
  });

  it('aborts its request when it is unsubscribed, and errors at a refusal', async () => {
    let signal: AbortSignal | null | undefined;
    const text = record(
      await recipe((_input, init) => {
        signal = init?.signal;
        return Promise.resolve(new Response(bodyOf(utf8('a')).stream));
      }),
    );
    await text.received(1);
    text.subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);

    const refused = record(await recipe(() => Promise.resolve(new Response('No', { status: 404 }))));
    await refused.ended();
    expect(String(refused.error)).toContain('404');
  });
});

describe('the end of a body within a character', () => {
  const half = (): Promise<Response> => Promise.resolve(new Response(utf8('€').slice(0, 1)));

  it('is lost before, and U+FFFD after', async () => {
    const lost = record(await before(half));
    await lost.ended();
    expect(lost.values.join('')).toBe('');
    const shown = record(await after(half));
    await shown.ended();
    expect(shown.values.join('')).toBe('\uFFFD');
  });
});

describe('from(stream)', () => {
  it('neither cancels nor unlocks the stream while a read is pending; ours cancels it', async () => {
    const theirs = bodyOf(utf8('a'));
    const bytes = record(from(theirs.stream));
    await bytes.received(1);
    await macrotasks();
    expect(theirs.pull).toHaveBeenCalledTimes(2);
    bytes.subscription.unsubscribe();
    await macrotasks();
    expect(theirs.stream.locked).toBe(true);
    expect(theirs.cancel).not.toHaveBeenCalled();

    const ours = bodyOf(utf8('a'));
    const text = record(fromChunkedFetch('/', { fetch: () => Promise.resolve(new Response(ours.stream)) }));
    await text.received(1);
    text.subscription.unsubscribe();
    await eventually(() => ours.cancel).toHaveBeenCalledOnce();
  });

  it('reads on behind a slow concatMap; project makes the body wait', async () => {
    const chunks = (): Uint8Array[] => Array.from({ length: 100 }, () => utf8('a'));
    const theirs = bodyOf(...chunks());
    const slow = defer(() => from(theirs.stream))
      .pipe(concatMap(() => NEVER))
      .subscribe();
    await eventually(() => theirs.pull).toHaveBeenCalledTimes(101);
    slow.unsubscribe();

    const ours = bodyOf(...chunks());
    const fetch = (): Promise<Response> => Promise.resolve(new Response(ours.stream));
    const project = vi.fn(() => NEVER);
    const waiting = fromChunkedFetch('/', { fetch, project }).subscribe();
    await eventually(() => project).toHaveBeenCalledOnce();
    await macrotasks();
    expect(ours.pull.mock.calls.length).toBeLessThan(3);
    waiting.unsubscribe();
  });
});
