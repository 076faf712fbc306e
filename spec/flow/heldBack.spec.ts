import { Subject, lastValueFrom, map, of, reduce, timer } from 'rxjs';
import { StreamTimeoutError, fromNdjsonFetch } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A response of lines, one a read, that counts how often it is read. */
function counted(lines: number): { response: Response; reads: () => number } {
  let reads = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(utf8(`${++reads}\n`));
        if (reads === lines) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), reads: () => reads };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('rows of one chunk', () => {
  const rows = 200_000;
  const chunk = utf8('1\n'.repeat(rows));

  it('are projected in linear time, however many wait', async () => {
    vi.useRealTimers();
    const count = await lastValueFrom(
      fromNdjsonFetch('/rows', {
        fetch: () => of(new Response(chunk)),
        project: (row) => Promise.resolve(row),
      }).pipe(reduce((sum) => sum + 1, 0)),
    );
    expect(count).toBe(rows);
  }, 10_000);

  it('are projected without a deep stack, where the ones after a slow one are done at once', async () => {
    let waited = false;
    const row$ = fromNdjsonFetch('/rows', {
      fetch: () => of(new Response(chunk)),
      project: (row) => {
        if (waited) return of(row);
        waited = true;
        return timer(1).pipe(map(() => row));
      },
    });
    const counted$ = lastValueFrom(row$.pipe(reduce((sum) => sum + 1, 0)));
    await vi.advanceTimersByTimeAsync(10);
    expect(await counted$).toBe(rows);
  });
});

describe('reading that project holds back', () => {
  it('takes the next chunk when there is room for it, and not before', async () => {
    const { response, reads } = counted(4);
    const inners: Subject<unknown>[] = [];
    const values: unknown[] = [];
    let completed = false;
    fromNdjsonFetch('/rows', {
      fetch: () => of(response),
      concurrent: 2,
      project: () => {
        const inner = new Subject();
        inners.push(inner);
        return inner;
      },
    }).subscribe({ next: (value) => values.push(value), complete: () => (completed = true) });

    await vi.advanceTimersByTimeAsync(1_000);
    expect([reads(), inners.length]).toEqual([2, 2]);

    inners[1]!.next('second');
    inners[1]!.complete();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([reads(), inners.length]).toEqual([3, 3]);

    for (const inner of inners) inner.complete();
    await vi.advanceTimersByTimeAsync(1_000);
    inners[3]!.complete();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([reads(), inners.length, completed]).toEqual([4, 4, true]);
    expect(values).toEqual(['second']);
  });

  it('is not silence of the server: idleTimeout counts while a chunk is waited for', async () => {
    const endless = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          controller.enqueue(utf8('1\n'));
        },
      },
      { highWaterMark: 0 },
    );
    const inner = new Subject();
    const errors: unknown[] = [];
    fromNdjsonFetch('/rows', {
      fetch: () => of(new Response(endless)),
      idleTimeout: 100,
      project: () => inner,
    }).subscribe({ error: (error: unknown) => errors.push(error) });

    await vi.advanceTimersByTimeAsync(10_000);
    expect(errors).toEqual([]);

    inner.complete();
    await vi.advanceTimersByTimeAsync(99);
    expect(errors).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(errors).toEqual([expect.any(StreamTimeoutError)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets go of its timer when it is unsubscribed', async () => {
    const subscription = fromNdjsonFetch('/rows', {
      fetch: () => of(new Response(new ReadableStream())),
      idleTimeout: 100,
    }).subscribe();
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(1);
    subscription.unsubscribe();
    expect(vi.getTimerCount()).toBe(0);
  });
});
