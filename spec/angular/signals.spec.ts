// What `toSignal` and `rxResource` make of a reader.
import '@angular/compiler';
import { InjectionToken, createEnvironmentInjector, signal } from '@angular/core';
import type { ResourceRef } from '@angular/core';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import { finalize } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { application } from './application';

/** A feed whose server fails in its own words when the spec says so. */
const feed = (): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .write(':rxjs-http-streams\n\nid: 1\ndata: one\n\n');
  });

const fail = async ({ exchange }: HttpServer, n: number): Promise<void> => {
  (await exchange(n)).response.end(':rxjs-http-streams error out of memory\n\n');
};

/** A component that makes something of a stream, and that is destroyed by its host. */
async function component<T>(make: () => T): Promise<{ made: T; destroy: () => void }> {
  const made = new InjectionToken<T>('made');
  const { injector } = await application();
  const host = createEnvironmentInjector([{ provide: made, useFactory: make }], injector);
  return {
    made: host.get(made),
    destroy: () => {
      host.destroy();
    },
  };
}

const lastEventIds = ({ exchanges }: HttpServer): unknown[] =>
  exchanges.map(({ request }) => request.headers['last-event-id']);

describe('toSignal', () => {
  it('sends the request when it is called, and aborts it with its component', async () => {
    const server = await feed();
    const { made: message, destroy } = await component(() => toSignal(fromEventSource(server.url)));
    await eventually(() => message()?.data).toBe('one');
    destroy();

    await server.disconnected(1);
  });

  it('throws the error of the stream at each read', async () => {
    const server = await feed();
    const { made: message } = await component(() => toSignal(fromEventSource(server.url)));
    await eventually(() => message()?.data).toBe('one');
    await fail(server, 1);

    await eventually(() => {
      try {
        return message();
      } catch (error) {
        return (error as Error).name;
      }
    }).toBe('StreamServerError');
  });
});

describe('rxResource', () => {
  interface Opened {
    readonly resource: ResourceRef<SseMessage | undefined>;
    readonly destroy: () => void;
    /** Whether the stream has ended or was left. */
    readonly isOver: () => boolean;
  }

  const opened = async (server: HttpServer): Promise<Opened> => {
    let isOver = false;
    const stream$ = fromEventSource(server.url).pipe(
      finalize(() => {
        isOver = true;
      }),
    );
    const { made: resource, destroy } = await component(() => rxResource({ stream: () => stream$ }));
    await eventually(() => resource.value()?.data).toBe('one');
    expect(resource.status()).toBe('resolved');
    return { resource, destroy, isOver: () => isOver };
  };

  it('sends no request without params', async () => {
    const server = await feed();
    const path = signal<string | undefined>(undefined);

    const { made: resource } = await component(() =>
      rxResource({ params: () => path(), stream: ({ params }) => fromEventSource(server.url + params) }),
    );
    expect(resource.status()).toBe('idle');
    path.set('a');
    await eventually(() => resource.value()?.data).toBe('one');
    path.set('b');
    await server.disconnected(1);
    await server.exchange(2);

    expect(server.exchanges.map(({ request }) => request.url)).toEqual(['/a', '/b']);
  });

  it('aborts the request with its component, and at set()', async () => {
    const server = await feed();
    const { destroy } = await opened(server);
    destroy();
    await server.disconnected(1);

    const { resource } = await opened(server);
    resource.set(undefined);
    await server.disconnected(2);
    expect(resource.status()).toBe('local');
  });

  it('aborts the request at reload(), and the next one has no last event ID', async () => {
    const server = await feed();
    const { resource } = await opened(server);

    resource.reload();

    await server.disconnected(1);
    await server.exchange(2);
    expect(lastEventIds(server)).toEqual([undefined, undefined]);
  });

  it('loses its last value at an error', async () => {
    const server = await feed();
    const { resource } = await opened(server);

    await fail(server, 1);

    await eventually(() => resource.status()).toBe('error');
    expect(resource.error()).toMatchObject({ name: 'StreamServerError' });
    expect(resource.hasValue()).toBe(false);
    expect(() => resource.value()).toThrow();
  });

  it('keeps its last value, and its status, when the stream completes', async () => {
    const server = await feed();
    const { resource, isOver } = await opened(server);

    (await server.exchange(1)).response.end(':rxjs-http-streams end\n\n');
    await eventually(isOver).toBe(true);

    expect(resource.value()?.data).toBe('one');
    expect(resource.status()).toBe('resolved');
    expect(server.exchanges).toHaveLength(1);
  });
});
