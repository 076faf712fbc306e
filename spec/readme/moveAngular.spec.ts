// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import {
  HttpClient,
  HttpEventType,
  provideHttpClient,
  withFetch,
  withInterceptors,
} from '@angular/common/http';
import type { HttpDownloadProgressEvent, HttpEvent } from '@angular/common/http';
import type { EnvironmentInjector, Type } from '@angular/core';
import type { ServerResponse } from 'node:http';
import { SseClient } from 'ngx-sse-client';
import { filter, map, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as angular from '../../src/angular';
import { application } from '../angular/application';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { evaluate } from './evaluate';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** An application whose addresses are those of a server. */
const injectorFor = async (server: string, ...classes: Type<unknown>[]): Promise<EnvironmentInjector> => {
  const toServer = withInterceptors([
    (request, next) => next(request.clone({ url: new URL(request.url, server).href })),
  ]);
  const app = await application(
    provideHttpClient(withFetch(), toServer),
    angular.provideHttpStreams(),
    ...classes,
  );
  return app.injector;
};

/** Returns an instance of the class of a block, in an application. */
const made = async <T>(title: string, name: string, server: string): Promise<T> => {
  const { [name]: service } = await evaluate<Record<string, Type<T>>>(
    title,
    {},
    { server, modules: { 'rxjs-http-streams/angular': angular } },
  );
  return (await injectorFor(server, service!)).get(service!);
};

describe.each(['Before, with HttpClient', 'After HttpClient'])('moving: %s', (title) => {
  interface Row {
    readonly id: number;
  }
  const rowsOf = async (server: HttpServer): Promise<Recording<Row>> =>
    record((await made<{ row$: Observable<Row> }>(title, 'Rows', server.url)).row$);

  it('gives each row when it has come', async () => {
    let send: (text: string) => void = () => undefined;
    const server = await httpServer((_request, response) => {
      send = (text) => response.write(text);
      send('{"id":1}\n{"i');
    });
    const rows = await rowsOf(server);
    await rows.received(1);
    send('d":2}\n');
    await rows.received(2);
    (await server.exchange(1)).response.end('{"id":3}');
    await rows.ended();
    expect(rows).toMatchObject({ values: [{ id: 1 }, { id: 2 }, { id: 3 }], outcome: 'complete' });
  });

  it('errors when it is refused or cut, and aborts when it is unsubscribed', async () => {
    const after = title.startsWith('After');
    const refused = await rowsOf(await httpServer((_request, response) => response.writeHead(503).end()));
    await refused.ended();
    expect(refused.error).toMatchObject({
      name: after ? 'HttpStatusError' : 'HttpErrorResponse',
      status: 503,
    });

    const cut = await rowsOf(
      await httpServer((_request, response) => {
        response.write('{"id":1}\n', () => response.socket?.destroy());
      }),
    );
    await cut.ended();
    expect(cut.error).toMatchObject(
      after ? { name: 'StreamNetworkError' } : { name: 'HttpErrorResponse', status: 0 },
    );

    const server = await httpServer((_request, response) => response.write('{"id":1}\n'));
    const left = await rowsOf(server);
    await left.received(1);
    left.subscription.unsubscribe();
    await server.disconnected(1);
  });
});

it('hands out the whole text so far with each progress event', async () => {
  let response: ServerResponse | undefined;
  const { url } = await httpServer((_request, given) => {
    response = given;
    given.write('a'.repeat(100));
  });
  const texts = record(
    (await injectorFor(url))
      .get(HttpClient)
      .get('/', { observe: 'events', reportProgress: true, responseType: 'text' })
      .pipe(
        filter(({ type }) => type === HttpEventType.DownloadProgress),
        map((event) => (event as HttpDownloadProgressEvent).partialText?.length ?? 0),
      ),
  );
  for (let chunk = 1; chunk < 10; chunk++) {
    await texts.received(chunk);
    response!.write('a'.repeat(100));
  }
  await texts.received(10);
  response!.end();
  await texts.ended();
  expect(texts.values.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, n) => (n + 1) * 100));
});

describe('ngx-sse-client', () => {
  beforeEach(() => {
    // Node has none.
    vi.stubGlobal(
      'ErrorEvent',
      class extends Event {
        readonly error: unknown;
        constructor(type: string, init: { error?: unknown } = {}) {
          super(type);
          this.error = init.error;
        }
      },
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const clientOf = async (server: HttpServer): Promise<SseClient> =>
    (await injectorFor(server.url)).get(SseClient);

  const answering = (...answers: ((response: ServerResponse) => unknown)[]): Promise<HttpServer> => {
    let next = 0;
    return httpServer((_request, response) => answers[Math.min(next++, answers.length - 1)]!(response));
  };
  const sending = (text: string) => (response: ServerResponse) =>
    response.writeHead(200, EVENT_STREAM).end(text);

  it.each(['Before, with ngx-sse-client', 'After ngx-sse-client'])('gives prices: %s', async (title) => {
    const { url } = await answering((response) =>
      response.writeHead(200, EVENT_STREAM).write('data: {"price":1}\n\ndata: {"price":2}\n\n'),
    );
    const { price$ } = await made<{ price$: Observable<unknown> }>(title, 'Prices', url);
    const prices = record(price$.pipe(take(2)));
    await prices.ended();
    expect(prices.values).toEqual([{ price: 1 }, { price: 2 }]);
  });

  it('sends any request again, without the last id; ours sends the id', async () => {
    const server = await answering(sending('id: 1\ndata: a\n\n'));
    const texts = record(
      (await clientOf(server))
        .stream('/', { responseType: 'text', reconnectionDelay: 1 }, {}, 'POST')
        .pipe(take(3)),
    );
    await texts.ended();
    expect(
      server.exchanges.map(({ request: { method, headers } }) => [method, headers['last-event-id']]),
    ).toEqual(Array.from({ length: 3 }, () => ['POST', undefined]));

    const ours = record(fromEventSource(server.url, { reconnect: { delay: 1 } }).pipe(take(2)));
    await ours.ended();
    expect(server.exchanges.at(-1)?.request.headers['last-event-id']).toBe('1');
  });

  it('emits each end and each failure of the network as a value, and tries again', async () => {
    const server = await answering(sending('data: a\n\n'), (response) => response.destroy());
    const events = record(
      (await clientOf(server)).stream('/', { reconnectionDelay: 1, responseType: 'event' }).pipe(take(4)),
    );
    await events.ended();
    expect(events.values.map(({ type }) => type)).toEqual(['message', 'error', 'error', 'error']);
    expect(server.exchanges.length).toBeGreaterThan(2);
  });

  it('errors at a refusal, for good', async () => {
    const server = await answering((response) => response.writeHead(503).end());
    const texts = record((await clientOf(server)).stream('/', { responseType: 'text' }));
    await texts.ended();
    expect(texts.error).toMatchObject({ name: 'HttpErrorResponse', status: 503 });
  });

  it('joins lines of data without a line break; ours with one', async () => {
    const server = await answering(sending('data: a\ndata: b\n\n'));
    const texts = record((await clientOf(server)).stream('/', { responseType: 'text' }).pipe(take(1)));
    await texts.ended();
    const ours = record(fromEventSource(server.url).pipe(take(1)));
    await ours.ended();
    expect([texts.values, ours.values.map(({ data }) => data)]).toEqual([['ab'], ['a\nb']]);
  });

  it('makes one of two messages whose blank line is split; ours makes two', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, EVENT_STREAM).write('data: a\n');
    });
    const rest = (): void => {
      server.exchanges.at(-1)?.response.end('\ndata: b\n\n');
    };
    const injector = await injectorFor(server.url);
    const onFirstChunk = injector.get(HttpClient);
    const request = onFirstChunk.request.bind(onFirstChunk) as (
      ...all: unknown[]
    ) => Observable<HttpEvent<unknown>>;
    let chunks = 0;
    onFirstChunk.request = ((...all: unknown[]) =>
      request(...all).pipe(
        tap(({ type }) => {
          if (type === HttpEventType.DownloadProgress && ++chunks === 1) rest();
        }),
      )) as HttpClient['request'];
    const texts = record(new SseClient(onFirstChunk).stream('/', { responseType: 'text' }).pipe(take(1)));
    await texts.ended();

    const ours = record(
      fromEventSource(server.url, { observe: 'lifecycle' }).pipe(
        tap(({ type }) => {
          if (type === 'progress') rest();
        }),
        filter((event) => event.type === 'value'),
        take(2),
      ),
    );
    await ours.ended();
    expect(texts.values).toEqual(['ab']);
    expect(ours.values.map(({ value }) => value.data)).toEqual(['a', 'b']);
  });
});
