import { createTRPCUntypedClient, httpBatchStreamLink, httpSubscriptionLink } from '@trpc/client';
import type { TRPCUntypedClient } from '@trpc/client';
import { TRPCError, initTRPC, tracked } from '@trpc/server';
import type { AnyRouter } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { EventSource } from 'eventsource';
import {
  BehaviorSubject,
  Observable,
  filter,
  firstValueFrom,
  lastValueFrom,
  map,
  of,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { resumable, toAsyncIterable } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { producer } from '../../../spec/support/producer';
import type { HttpServer } from '../../../spec/support/httpServer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { fromBatch } from './fromBatch';
import { fromSubscription } from './fromSubscription';
import { serveBatch } from './serveBatch';
import { serveSubscription } from './serveSubscription';

forbidUnhandledRejections();

const subscriber = (url: string): TRPCUntypedClient<AnyRouter> =>
  createTRPCUntypedClient({ links: [httpSubscriptionLink({ url, EventSource })] });

/** Reads a subscription by the official client. */
const received = (url: string, input?: unknown): Observable<unknown> =>
  new Observable((observer) =>
    subscriber(url).subscription('numbers', input, {
      onData: (value) => {
        observer.next(value);
      },
      onError: (error) => {
        observer.error(error);
      },
      onComplete: () => {
        observer.complete();
      },
    }),
  );

const numbered = (n: number) => ({ id: String(n), data: n });

describe('the official client of subscriptions', () => {
  it('gets each value before the next is made, and the end', async () => {
    const numbers = producer({ id: '1', data: 'one' });
    const { url } = await webServer((request) => serveSubscription(() => numbers.source, request));
    const seen: unknown[] = [];
    await received(url.slice(0, -1)).forEach((value) => {
      seen.push(value);
      if (seen.length === 1) numbers.next({ id: '2', data: 'two' });
      else numbers.complete();
    });
    expect(seen).toEqual([
      { id: '1', data: 'one' },
      { id: '2', data: 'two' },
    ]);
    await numbers.observedBy(0);
  });

  it('ends the source when it unsubscribes, and its connection is closed', async () => {
    const numbers = producer(numbered(1));
    const { url, disconnected } = await webServer((request) =>
      serveSubscription(() => numbers.source, request),
    );
    await firstValueFrom(received(url.slice(0, -1)));
    await numbers.observedBy(0);
    await disconnected(1);
  });

  it('continues after a cut without loss', async () => {
    const numbers = producer(numbered(1));
    const feed = resumable(numbers.source, { from: 'start' });
    const { url, exchanges } = await webServer((request) => serveSubscription(feed, request));
    const seen: unknown[] = [];
    await received(url.slice(0, -1))
      .pipe(take(3))
      .forEach((value) => {
        seen.push((value as { data: number }).data);
        if (seen.length === 1) numbers.next(numbered(2));
        if (seen.length !== 2) return;
        exchanges[0]?.response.destroy();
        numbers.next(numbered(3));
      });
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a subscription of the official server', () => {
  const t = initTRPC.create();
  const serve = (
    feed: (lastEventId?: string) => Observable<{ id: string; data: unknown }>,
  ): Promise<HttpServer> => {
    const router = t.router({
      numbers: t.procedure
        .input(z.object({ lastEventId: z.string().nullish() }))
        .subscription(async function* ({ input }) {
          for await (const { id, data } of toAsyncIterable(feed(input.lastEventId ?? undefined)))
            yield tracked(id, data);
        }),
      failing: t.procedure.subscription(async function* () {
        yield await Promise.resolve(1);
        throw new TRPCError({ code: 'FORBIDDEN', message: 'not yours' });
      }),
    });
    return webServer((req) => fetchRequestHandler({ req, router, endpoint: '' }));
  };

  it('is read, and ends', async () => {
    const { url } = await serve(() => of(numbered(1), numbered(2)));
    expect(await lastValueFrom(fromSubscription(url.slice(0, -1), 'numbers', {}).pipe(toArray()))).toEqual([
      1, 2,
    ]);
  });

  it('ends when the reader unsubscribes', async () => {
    const numbers = producer(numbered(1));
    const { url, disconnected } = await serve(() => numbers.source);
    expect(await firstValueFrom(fromSubscription(url.slice(0, -1), 'numbers', {}))).toBe(1);
    await disconnected(1);
    // The procedure waits in its loop: the next value lets it see that its client has left.
    numbers.next(numbered(2));
    await numbers.observedBy(0);
  });

  it('continues after a cut without loss', async () => {
    const numbers = producer(numbered(1));
    const { url, exchanges } = await serve(resumable(numbers.source, { from: 'start' }));
    const seen: unknown[] = [];
    await fromSubscription(url.slice(0, -1), 'numbers', {})
      .pipe(take(3))
      .forEach((value) => {
        seen.push(value);
        if (seen.length === 1) numbers.next(numbered(2));
        if (seen.length !== 2) return;
        exchanges[0]?.response.destroy();
        numbers.next(numbered(3));
      });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('that fails is an error with its code', async () => {
    const { url } = await serve(() => of());
    const failure = await lastValueFrom(fromSubscription(url.slice(0, -1), 'failing', {})).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ message: 'not yours', cause: { data: { code: 'FORBIDDEN' } } });
  });
});

describe('a batch', () => {
  it('of the official client gets each result as it is there, and the failure of one call alone', async () => {
    const slow = producer<string>();
    const { url } = await webServer((request) =>
      serveBatch([slow.source, of('fast'), throwError(() => new Error('the secret'))], request),
    );
    const client = createTRPCUntypedClient({ links: [httpBatchStreamLink({ url: url.slice(0, -1) })] });
    const [late, early, failed] = [client.query('slow'), client.query('fast'), client.query('failing')];
    expect(await early).toBe('fast');
    await expect(failed).rejects.toThrow('Internal error');
    slow.next('slow');
    slow.complete();
    expect(await late).toBe('slow');
  });

  it('of the official client that is aborted ends the sources', async () => {
    const slow = producer<string>();
    const { url, disconnected } = await webServer((request) => serveBatch([slow.source], request));
    const client = createTRPCUntypedClient({ links: [httpBatchStreamLink({ url: url.slice(0, -1) })] });
    const controller = new AbortController();
    const late = client.query('slow', undefined, { signal: controller.signal });
    await slow.observedBy(1);
    controller.abort();
    await expect(late).rejects.toThrow();
    await slow.observedBy(0);
    await disconnected(1);
  });

  const t = initTRPC.create();
  const open = new BehaviorSubject(false);
  const router = t.router({
    echo: t.procedure.input(z.unknown()).query(({ input }) => input),
    gated: t.procedure.query(() =>
      firstValueFrom(
        open.pipe(
          filter((isOpen) => isOpen),
          map(() => 'open'),
        ),
      ),
    ),
    nested: t.procedure.query(() => ({ now: 1, later: Promise.resolve(2) })),
    broken: t.procedure.query(() => ({ user: Promise.reject(new Error('no such user')) })),
    failing: t.procedure.query(() => {
      throw new TRPCError({ code: 'FORBIDDEN', message: 'not yours' });
    }),
  });
  const serve = (): Promise<HttpServer> =>
    webServer((req) => fetchRequestHandler({ req, router, endpoint: '' }));

  it('is read from the official server, each result as it is there', async () => {
    const { url } = await serve();
    const seen: unknown[] = [];
    const calls = [
      { path: 'gated' },
      { path: 'echo', input: 'Grüße' },
      { path: 'failing' },
      { path: 'nested' },
    ];
    await fromBatch(url.slice(0, -1), calls).forEach((response) => {
      seen.push(response);
      if (seen.length === 3) open.next(true);
    });
    expect(seen).toHaveLength(4);
    expect(seen.at(-1)).toEqual({ query: 0, response: { result: { data: 'open' } } });
    expect(seen).toContainEqual({ query: 1, response: { result: { data: 'Grüße' } } });
    expect(seen).toContainEqual({
      query: 2,
      response: { error: expect.objectContaining({ message: 'not yours' }) as unknown },
    });
    expect(seen).toContainEqual({ query: 3, response: { result: { data: { now: 1, later: 2 } } } });
  });

  it('is an error where a member of a response fails', async () => {
    const { url } = await serve();
    const failure = await lastValueFrom(fromBatch(url.slice(0, -1), [{ path: 'broken' }])).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ cause: { message: 'no such user' } });
  });

  it('is closed when the reader unsubscribes', async () => {
    open.next(false);
    const { url, disconnected } = await serve();
    await firstValueFrom(fromBatch(url.slice(0, -1), [{ path: 'gated' }, { path: 'echo' }]));
    await disconnected(1);
  });
});
