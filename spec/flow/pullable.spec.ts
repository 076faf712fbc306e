import { setTimeout } from 'node:timers/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Subject, from, map, of } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  isStreamOverflowError,
  toAsyncIterable,
  toChunkedBody,
  toNdjsonBody,
  toNdjsonResponse,
  toSseBody,
} from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { BUFFERS, flood } from '../support/flood';
import type { Flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { done, iteratorOf, next, seenIn } from '../support/iteration';
import { macrotasks } from '../support/macrotasks';
import { chunkedReader, ndjsonReader, sseReader } from '../support/readers';
import type { Reader } from '../support/readers';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** A response in parts, one a read, that counts how often it is read. */
function counted(parts: readonly string[], type = 'application/x-ndjson') {
  let reads = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts[reads++];
        if (part === undefined) controller.close();
        else controller.enqueue(utf8(part));
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return {
    fetch: () => of(new Response(body, { headers: { 'content-type': type } })),
    reads: () => reads,
    cancelled: () => cancelled,
  };
}

describe('toAsyncIterable of a reader', () => {
  it('reads the next chunk when all values of the one before are taken and another is asked for', async () => {
    const { fetch, reads } = counted(['1\n2\n', '3\n', '4\n']);
    const iterator = iteratorOf(toAsyncIterable(fromNdjsonFetch('/rows', { fetch })));
    await macrotasks();
    expect(reads()).toBe(0);
    expect(await iterator.next()).toEqual(next(1));
    await macrotasks();
    expect(await iterator.next()).toEqual(next(2));
    await macrotasks();
    expect(reads()).toBe(1);
    expect(await iterator.next()).toEqual(next(3));
    await macrotasks();
    expect(reads()).toBe(2);
    expect(await iterator.next()).toEqual(next(4));
    expect(await iterator.next()).toEqual(done);
  });

  it('counts no value of a chunk against its limits', async () => {
    const { fetch } = counted(['1\n2\n3\n4\n', '5\n']);
    const limits = { maxBuffered: 1, maxBufferedBytes: 1 };
    expect(await seenIn(toAsyncIterable(fromNdjsonFetch('/rows', { fetch }), limits))).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it('answers several next() at once in turn', async () => {
    const { fetch } = counted(['1\n2\n', '3\n']);
    const iterator = iteratorOf(toAsyncIterable(fromNdjsonFetch('/rows', { fetch })));
    const results = Array.from({ length: 5 }, () => iterator.next());
    expect(await Promise.all(results)).toEqual([next(1), next(2), next(3), done, done]);
  });

  it('projects no row that the loop has not asked for', async () => {
    const { fetch, reads } = counted(['1\n2\n3\n', '4\n']);
    const projected: number[] = [];
    const project = (row: number): number[] => {
      projected.push(row);
      return row === 2 ? [] : [row, row];
    };
    const iterator = iteratorOf(
      toAsyncIterable(fromNdjsonFetch<number, number>('/rows', { fetch, project }), { maxBuffered: 1 }),
    );
    const seen: unknown[] = [];
    const states: unknown[] = [];
    for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
      await macrotasks();
      seen.push(result.value);
      states.push([projected.length, reads()]);
    }
    expect(seen).toEqual([1, 1, 3, 3, 4, 4]);
    expect(states).toEqual([
      [1, 1],
      [1, 1],
      [3, 1],
      [3, 1],
      [4, 2],
      [4, 2],
    ]);
  });

  it('runs as many projections as `concurrent` says while the loop waits, and starts none while it does not', async () => {
    const { fetch } = counted([Array.from({ length: 9 }, (_, index) => `${index}\n`).join('')]);
    const inners: Subject<number>[] = [];
    const project = (): Subject<number> => {
      const inner = new Subject<number>();
      inners.push(inner);
      return inner;
    };
    const iterator = iteratorOf(
      toAsyncIterable(fromNdjsonFetch<number, number>('/rows', { fetch, project, concurrent: 3 })),
    );
    const first = iterator.next();
    await macrotasks();
    expect(inners).toHaveLength(3);
    for (const [index, inner] of inners.entries()) {
      inner.next(index);
      inner.complete();
    }
    expect(await first).toEqual(next(0));
    expect(await iterator.next()).toEqual(next(1));
    expect(await iterator.next()).toEqual(next(2));
    await macrotasks();
    expect(inners).toHaveLength(3);
    void iterator.next();
    await macrotasks();
    expect(inners).toHaveLength(6);
    await iterator.return?.();
  });

  it('throws a StreamOverflowError where one projection gives more than may wait', async () => {
    const { fetch } = counted(['1\n']);
    const results = new Subject<number>();
    const iterator = iteratorOf(
      toAsyncIterable(fromNdjsonFetch('/rows', { fetch, project: () => results }), { maxBuffered: 2 }),
    );
    const first = iterator.next();
    await macrotasks();
    for (let n = 1; n <= 4; n++) {
      results.next(n);
      await macrotasks();
    }
    expect([await first, await iterator.next(), await iterator.next()]).toEqual([next(1), next(2), next(3)]);
    await expect(iterator.next()).rejects.toSatisfy(isStreamOverflowError);
  });

  it('gives the lifecycle, and reads no chunk before it is asked for more than that', async () => {
    const { fetch, reads } = counted(['1\n']);
    const iterator = iteratorOf(toAsyncIterable(fromNdjsonFetch('/rows', { fetch, observe: 'lifecycle' })));
    const types: unknown[] = [];
    const before: number[] = [];
    for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
      const event = result.value as { type: string };
      types.push(event.type);
      before.push(reads());
      await macrotasks();
    }
    expect(types).toEqual(['connecting', 'open', 'progress', 'value']);
    expect(before).toEqual([0, 0, 1, 1]);
  });

  it('reconnects', async () => {
    const server = await httpServer((request, response) => {
      const last = Number(request.headers['last-event-id'] ?? 0);
      if (last === 4) response.writeHead(204).end();
      else {
        response.setHeader('content-type', 'text/event-stream');
        response.end(`id: ${last + 1}\ndata: a\n\nid: ${last + 2}\ndata: b\n\n`);
      }
    });
    const messages = toAsyncIterable(fromEventSource(server.url, { reconnect: { delay: 1 } }));
    const ids = (await seenIn(messages)).map((message) => (message as { id: string }).id);
    expect(ids).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    ['left while it waits', (iterator: AsyncIterator<unknown>) => iterator.return?.()],
    ['thrown into', (iterator: AsyncIterator<unknown>) => iterator.throw?.(new Error('x')).catch(() => done)],
  ])('%s, aborts the request and ends the next() that is pending', async (_, leave) => {
    const server = await httpServer((_, response) => {
      response.write('"a"\n');
    });
    const iterator = iteratorOf(toAsyncIterable(fromNdjsonFetch(server.url)));
    expect(await iterator.next()).toEqual(next('a'));
    const pending = iterator.next();
    const left = leave(iterator);
    expect(await pending).toEqual(done);
    expect(await left).toEqual(done);
    await server.disconnected(1);
  });

  it('throws what the reader errors with, after the values', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/refused') response.writeHead(404).end();
      else response.write('1\n2\n', () => response.destroy());
    });
    const cut = await seenIn(toAsyncIterable(fromNdjsonFetch(server.url)));
    expect(cut).toMatchObject([1, 2, { name: 'StreamNetworkError', phase: 'body' }]);
    const refused = await seenIn(toAsyncIterable(fromNdjsonFetch(`${server.url}refused`)));
    expect(refused).toMatchObject([{ name: 'HttpStatusError', status: 404 }]);
  });

  it('is not pulled behind an operator, which pushes', async () => {
    const { fetch } = counted(['1\n2\n3\n4\n']);
    const mapped = fromNdjsonFetch('/rows', { fetch }).pipe(map((row) => row));
    const seen = await seenIn(toAsyncIterable(mapped, { maxBuffered: 2 }));
    expect(isStreamOverflowError(seen.at(-1))).toBe(true);
  });

  it('goes through a pipeline, whose failure aborts the request', async () => {
    const server = await httpServer((_, response) => {
      flood(response, (index) => `${index}\n`);
    });
    const target = new Writable({
      objectMode: true,
      write: (row: number, _, written) => {
        written(row === 100 ? new Error('disk full') : null);
      },
    });
    await expect(pipeline(toAsyncIterable(fromNdjsonFetch(server.url)), target)).rejects.toThrow('disk full');
    await server.disconnected(1);
  });

  it.each(['Readable.from', 'toNdjsonBody'] as const)('holds the server back through %s', async (way) => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      body = flood(response, () => `${JSON.stringify('x'.repeat(64 * 1024))}\n`);
    });
    const row$ = fromNdjsonFetch(server.url);
    if (way === 'Readable.from') {
      const readable = Readable.from(toAsyncIterable(row$), { objectMode: true });
      readable.read();
      await server.exchange(1);
      await body?.heldBack();
      readable.destroy();
    } else {
      const reader = toNdjsonBody(row$).getReader();
      await reader.read();
      await server.exchange(1);
      await body?.heldBack();
      void reader.cancel();
    }
    expect(body?.written()).toBeLessThan(BUFFERS);
    await server.disconnected(1);
  });
});

describe('toAsyncIterable of what pushes', () => {
  it('throws a StreamOverflowError over maxBufferedBytes, after those that wait', async () => {
    const source = new Subject<string | Uint8Array | object>();
    const iterator = iteratorOf(toAsyncIterable(source, { maxBufferedBytes: 128 }));
    const first = iterator.next();
    source.next('x'.repeat(1_000));
    source.next('x'.repeat(32));
    source.next(new Uint8Array(32));
    source.next({ of: 'any size' });
    expect(source.observed).toBe(true);
    source.next('y');
    expect(source.observed).toBe(false);
    await first;
    for (let n = 0; n < 3; n++) expect((await iterator.next()).done).toBe(false);
    const error: unknown = await iterator.next().catch((reason: unknown) => reason);
    expect(isStreamOverflowError(error)).toBe(true);
    expect(error).toMatchObject({ limit: 128, size: 128 });
    expect((error as Error).message).toContain('maxBufferedBytes 128');
  });

  it('may hold 16 MiB if nothing is said, and counts what has been taken no more', async () => {
    const mebi = 'x'.repeat(1024 * 1024);
    expect(await seenIn(toAsyncIterable(from(Array.from({ length: 16 }, () => mebi))))).toHaveLength(16);
    const over = await seenIn(toAsyncIterable(from(Array.from({ length: 18 }, () => mebi))));
    expect(isStreamOverflowError(over.at(-1))).toBe(true);
    const source = new Subject<string>();
    const iterator = iteratorOf(toAsyncIterable(source));
    let result = iterator.next();
    for (let n = 0; n < 40; n++) {
      source.next(mebi);
      await result;
      result = iterator.next();
    }
    await iterator.return?.();
  });
});

describe.each(['body', 'response'] as const)('A %s of a reader', (kind) => {
  const streamOf = (source: ReturnType<typeof fromNdjsonFetch>): ReadableStream<Uint8Array> =>
    kind === 'body' ? toNdjsonBody(source) : (toNdjsonResponse(source).body as ReadableStream<Uint8Array>);

  it('reads the next chunk when the one before is taken and more is asked for', async () => {
    const { fetch, reads, cancelled } = counted(['1\n2\n', '3\n', '4\n']);
    const reader = streamOf(fromNdjsonFetch('/rows', { fetch })).getReader();
    await macrotasks();
    expect(reads()).toBe(0);
    expect((await reader.read()).value).toEqual(utf8('1\n2\n'));
    await macrotasks();
    expect(reads()).toBe(1);
    expect((await reader.read()).value).toEqual(utf8('3\n'));
    await macrotasks();
    expect(reads()).toBe(2);
    await reader.cancel();
    expect(cancelled()).toBe(true);
  });

  it('projects what fits a chunk, and no more before it is taken', async () => {
    const row = 'x'.repeat(1024);
    const { fetch } = counted([`${JSON.stringify(row)}\n`.repeat(1_000)]);
    let projected = 0;
    const project = (value: unknown): unknown[] => {
      projected++;
      return [value];
    };
    const reader = streamOf(fromNdjsonFetch('/rows', { fetch, project })).getReader();
    let rows = 0;
    for (let result = await reader.read(); !result.done; result = await reader.read()) {
      rows += result.value.length / (row.length + 3);
      await macrotasks();
      expect(projected).toBe(rows);
    }
    expect(rows).toBe(1_000);
  });

  it('passes on what is projected in its own time, one after the other', async () => {
    const { fetch } = counted(['1\n2\n3\n', '4\n']);
    const project = async (row: unknown): Promise<unknown> => setTimeout(1, row);
    const stream = streamOf(fromNdjsonFetch('/rows', { fetch, project, concurrent: 2 }));
    expect(await new Response(stream).text()).toBe('1\n2\n3\n4\n');
  });

  it('does not cut off a client that is slow', async () => {
    const { fetch } = counted([`${JSON.stringify('x'.repeat(200))}\n`.repeat(2_000)]);
    const source = fromNdjsonFetch('/rows', { fetch });
    const stream = toNdjsonBody(source, { maxBufferedBytes: 1024 * 1024, stallTimeout: 100 });
    const reader = stream.getReader();
    let length = 0;
    for (let result = await reader.read(); !result.done; result = await reader.read()) {
      length += result.value.length;
      await setTimeout(length < 200_000 ? 150 : 0);
    }
    expect(length).toBe(203 * 2_000);
  });

  it('errors with what the reader errors with', async () => {
    const server = await httpServer((_, response) => {
      response.write('1\n', () => response.destroy());
    });
    const reader = streamOf(fromNdjsonFetch(server.url)).getReader();
    expect((await reader.read()).value).toEqual(utf8('1\n'));
    await expect(reader.read()).rejects.toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });

  it('aborts the request when it is cancelled with a read pending', async () => {
    const server = await httpServer((_, response) => {
      response.write('1\n');
    });
    const reader = streamOf(fromNdjsonFetch(server.url)).getReader();
    await reader.read();
    const pending = reader.read();
    await reader.cancel();
    await pending;
    await server.disconnected(1);
  });
});

describe('A reader as the source of a body', () => {
  it.each<[Reader, (fetch: StreamFetch) => ReadableStream<Uint8Array>]>([
    [chunkedReader, (fetch) => toChunkedBody(fromChunkedFetch('/', { fetch }))],
    [ndjsonReader, (fetch) => toNdjsonBody(fromNdjsonFetch('/', { fetch }))],
    [
      sseReader,
      (fetch) =>
        toSseBody(fromEventSource('/', { fetch, reconnect: false }), { terminal: 'none', heartbeat: 0 }),
    ],
  ])('may be $name', async ({ frame, mediaType }, make) => {
    const { fetch, reads } = counted([frame('a'), frame('b'), frame('c')], mediaType);
    const reader = make(fetch).getReader();
    let seen = '';
    for (let n = 0; n < 3 && !seen.includes('b'); n++) {
      seen += new TextDecoder().decode((await reader.read()).value);
      await macrotasks();
    }
    expect(seen).toContain(frame('b'));
    expect(reads()).toBe(2);
    await reader.cancel();
  });

  it('may come from a function, and before the response is decided on', async () => {
    const { fetch, reads } = counted(['1\n', '2\n', '3\n']);
    const source = (): ReturnType<typeof fromNdjsonFetch> => fromNdjsonFetch('/rows', { fetch });
    const response = await toNdjsonResponse(source, { awaitFirst: true });
    await macrotasks();
    expect(reads()).toBe(1);
    expect(await response.text()).toBe('1\n2\n3\n');

    const refused = () => of(new Response('no', { status: 503 }));
    const refusal = await toNdjsonResponse(fromNdjsonFetch('/', { fetch: refused }), { awaitFirst: true });
    expect(refusal.status).toBe(503);
  });
});
