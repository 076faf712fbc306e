import { NEVER, Subject, concat, interval, map, of, range, take } from 'rxjs';
import {
  fromEventSource,
  resumable,
  toAsyncIterable,
  toNativeObservable,
  toNdjsonBody,
  toSseBody,
} from 'rxjs-http-streams';
import type { NativeObservable } from 'rxjs-http-streams';
import { describe, expect, inject, it } from 'vitest';

interface Native<T> extends NativeObservable<T> {
  map<R>(project: (value: T) => R): Native<R>;
  take(count: number): Native<T>;
  toArray(options?: { signal?: AbortSignal }): Promise<T[]>;
}
const { Observable: NativeConstructor } = globalThis as unknown as {
  Observable: { from<T>(source: Iterable<T>): Native<T> } & (new <T>(
    subscribe: (subscriber: { next(value: T): void; addTeardown(teardown: () => void): void }) => void,
  ) => Native<T>);
};
const native = <T>(source: Parameters<typeof toNativeObservable<T>>[0]): Native<T> =>
  toNativeObservable(source) as Native<T>;

const textOf = (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body as BodyInit).text();

describe('toNativeObservable', () => {
  it('gives an Observable of the platform, with all its operators', async () => {
    const numbers = native(of(1, 2, 3));
    expect(numbers).toBeInstanceOf(NativeConstructor);
    expect(await numbers.map((n) => n * 10).toArray()).toEqual([10, 20, 30]);
  });

  it('fails as its source does', async () => {
    const broken = new Error('the source broke');
    const source = concat(
      of(1),
      new Promise((_, reject) => {
        reject(broken);
      }),
    );
    await expect(native(source).toArray()).rejects.toBe(broken);
  });

  it('unsubscribes its source when the signal aborts', () => {
    const subject = new Subject<number>();
    const stop = new AbortController();
    const seen: number[] = [];
    native(subject).subscribe({ next: (value) => seen.push(value) }, { signal: stop.signal });
    subject.next(1);
    stop.abort();
    expect(subject.observed).toBe(false);
    subject.next(2);
    expect(seen).toEqual([1]);
  });

  it('stops a source that emits while it is subscribed', async () => {
    expect(await native(range(0, Infinity)).take(2).toArray()).toEqual([0, 1]);
  });

  it('aborts the request of a reader', async () => {
    const url = `${inject('streams')}rows?test=native`;
    const stop = new AbortController();
    const open = new Promise<void>((resolve) => {
      native(
        fromEventSource(url, { observe: 'lifecycle', fetch: (input, init) => fetch(input, init) }),
      ).subscribe(
        {
          next: ({ type }) => {
            if (type === 'connecting') resolve();
          },
        },
        { signal: stop.signal },
      );
    });
    await open;
    stop.abort();
    await expect
      .poll(async () => (await fetch(`${inject('streams')}stats?test=native`)).json() as Promise<unknown>, {
        timeout: 5_000,
      })
      .toMatchObject({ open: 0 });
  });
});

describe('A native Observable as a source', () => {
  it('is streamed', async () => {
    expect(await textOf(toNdjsonBody(NativeConstructor.from([1, { two: 2 }])))).toBe('1\n{"two":2}\n');
    expect(await textOf(toSseBody(() => NativeConstructor.from([{ data: 'a' }])))).toContain('data: a\n\n');
  });

  it('is left when its reader leaves', async () => {
    let left = 0;
    const source = new NativeConstructor<number>((subscriber) => {
      subscriber.next(1);
      subscriber.addTeardown(() => left++);
    });
    const reader = toNdjsonBody(source).getReader();
    await reader.read();
    expect(left).toBe(0);
    await reader.cancel();
    expect(left).toBe(1);
  });

  it('is iterated, shared and listened to for pauses', async () => {
    const numbers = NativeConstructor.from([1, 2, 3]);
    const seen: number[] = [];
    for await (const value of toAsyncIterable(numbers)) seen.push(value);
    expect(seen).toEqual([1, 2, 3]);

    const feed = resumable(
      native(
        interval(1).pipe(
          map((n) => ({ id: String(n), data: n })),
          take(2),
        ),
      ),
    );
    expect(await native(feed()).toArray()).toHaveLength(2);

    let sent = 0;
    const paused = fromEventSource('/feed', {
      pauseWhen: NativeConstructor.from([true]),
      fetch: () => {
        sent++;
        return NEVER;
      },
    }).subscribe();
    paused.unsubscribe();
    expect(sent).toBe(0);
  });
});
