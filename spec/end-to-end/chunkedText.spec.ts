import { setImmediate } from 'node:timers/promises';
import {
  ReplaySubject,
  firstValueFrom,
  lastValueFrom,
  map,
  reduce,
  skipUntil,
  take,
  tap,
  toArray,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, splitLines, toAsyncIterable } from 'rxjs-http-streams';
import { describe, expect, it, vi } from 'vitest';
import { chunkedText } from '../../examples/s6-chunked-text/chunkedText';
import { cutAnywhere } from '../../examples/s5-chat/cutAnywhere';
import { HOUR } from './beats';
import { outcome } from './outcome';
import { served } from './served';
import { stopSignal } from './stopSignal';

describe('text from an async generator', () => {
  it('delivers the first chunk before the second is produced', async () => {
    const { origin } = await served(chunkedText({ interval: HOUR }));

    expect(await firstValueFrom(fromChunkedFetch(origin))).toBe('data chunk 0\n');
  });

  it('delivers all of it and completes', async () => {
    const { origin } = await served(chunkedText({ interval: 0, count: 3 }));

    expect(await outcome(fromChunkedFetch(origin).pipe(splitLines()))).toEqual([
      'data chunk 0',
      'data chunk 1',
      'data chunk 2',
    ]);
  });

  it('runs the `finally` of the generator when the client stops, also while it waits', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      chunkedText({
        interval: HOUR,
        onStop,
      }),
    );

    await firstValueFrom(fromChunkedFetch(origin));

    await firstValueFrom(stopped$);
  });

  it('runs it, too, when a `for await` loop is left', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(chunkedText({ interval: 0, onStop }));
    const seen: string[] = [];

    for await (const text of toAsyncIterable(fromChunkedFetch(origin).pipe(splitLines()))) {
      seen.push(text);
      if (seen.length === 3) break;
    }

    await firstValueFrom(stopped$);
    expect(seen).toEqual(['data chunk 0', 'data chunk 1', 'data chunk 2']);
  });

  it('shows a generator that throws in the middle as a failure, after all that it gave', async () => {
    const { onStop, stopped$ } = stopSignal();
    const chunk = (index: number): string => {
      if (index === 2) throw new Error('secret');
      return `${index};`;
    };
    const { origin } = await served(chunkedText({ interval: 0, chunk, onStop }));

    const seen = await outcome(fromChunkedFetch(origin));

    expect(seen.slice(0, -1).join('')).toBe('0;1;');
    expect(seen.at(-1)).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
    await firstValueFrom(stopped$);
  });

  it('delivers characters whole that are cut anywhere', async () => {
    const text = 'Grüße, 日本 🙂\n';
    const { origin } = await served(cutAnywhere(chunkedText({ interval: 0, count: 2, chunk: () => text })));

    const seen = await outcome(fromChunkedFetch(origin));

    expect(seen.length).toBeGreaterThan(2);
    expect(seen.join('')).toBe(text + text);
  });

  it('shows a connection that breaks as a failure, not as the end', async () => {
    const { origin, exchanges } = await served(chunkedText({ interval: HOUR }));

    const seen = await outcome(fromChunkedFetch(origin).pipe(tap(() => exchanges[0]?.response.destroy())));

    expect(seen).toEqual([
      'data chunk 0\n',
      expect.objectContaining({ name: 'StreamNetworkError', phase: 'body' }),
    ]);
  });

  it('serves a second client on when the first has left', async () => {
    const { onStop, stopped$ } = stopSignal();
    const { origin } = await served(
      chunkedText({
        interval: 1,
        onStop,
      }),
    );

    const second = lastValueFrom(fromChunkedFetch(origin).pipe(skipUntil(stopped$), take(2), toArray()));
    await firstValueFrom(fromChunkedFetch(origin));

    expect(await second).toHaveLength(2);
  });

  it('is produced only while there is room for it', async () => {
    const size = 1024 * 1024;
    const count = 64;
    const producedWhenFull: boolean[] = [];
    const { origin, exchanges } = await served(
      chunkedText({
        interval: 0,
        count,
        chunk: () => {
          producedWhenFull.push(exchanges[0]?.response.writableNeedDrain ?? true);
          return 'x'.repeat(size);
        },
      }),
    );
    const released$ = new ReplaySubject<void>(1);
    const slowly = (text: string): Observable<number> =>
      released$.pipe(
        take(1),
        map(() => text.length),
      );

    const length = lastValueFrom(
      fromChunkedFetch(origin, { project: slowly }).pipe(reduce((sum, taken) => sum + taken, 0)),
    );
    await vi.waitFor(() => {
      expect(exchanges[0]?.response.writableNeedDrain).toBe(true);
    });
    for (let turn = 0; turn < 1_000; turn++) await setImmediate();
    released$.next();

    expect(await length).toBe(count * size);
    expect(producedWhenFull).toEqual(Array.from({ length: count }, () => false));
  });
});
