// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import { HttpClient, provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import type { HttpContextToken, HttpInterceptorFn } from '@angular/common/http';
import { InjectionToken, createEnvironmentInjector } from '@angular/core';
import type {
  ApplicationRef,
  EnvironmentProviders,
  ResourceRef,
  Signal,
  Type,
  WritableSignal,
} from '@angular/core';
import { Subject, firstValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import * as angular from '../../src/angular';
import { application } from '../angular/application';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

const snippet = <T>(title: string, server?: string): Promise<T> =>
  evaluate<T>(title, {}, { modules: { 'rxjs-http-streams/angular': angular }, ...(server && { server }) });

const withStreams = (...interceptors: HttpInterceptorFn[]): Promise<ApplicationRef> =>
  application(provideHttpClient(withFetch(), withInterceptors(interceptors)), angular.provideHttpStreams());

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

describe('Angular: A token for one stream', () => {
  interface Context {
    readonly SKIP_AUTH: HttpContextToken<boolean>;
    readonly publicFeed: () => Observable<SseMessage>;
    readonly unwrapInterceptor: HttpInterceptorFn;
  }

  it('reaches the interceptors, and a stream is told from another request', async () => {
    const { url } = await httpServer((request, response) => {
      if (request.url === '/public') response.writeHead(200, EVENT_STREAM).write('data: one\n\n');
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[1]}');
    });
    const { SKIP_AUTH, publicFeed, unwrapInterceptor } = await snippet<Context>(
      'A token for one stream',
      url,
    );
    const skipped: boolean[] = [];
    const { injector } = await withStreams((request, next) => {
      skipped.push(request.context.get(SKIP_AUTH));
      return next(request);
    }, unwrapInterceptor);
    const feed$ = new InjectionToken<Observable<SseMessage>>('feed$');
    const host = createEnvironmentInjector([{ provide: feed$, useFactory: publicFeed }], injector);

    const { data } = await firstValueFrom(host.get(feed$));
    expect(data).toBe('one');
    expect(await firstValueFrom(injector.get(HttpClient).get(`${url}rows`))).toEqual([1]);
    expect(skipped).toEqual([true, false]);
  });
});

describe('Angular: Interceptors of a lazy route', () => {
  it('see the streams of the route', async () => {
    const { adminProviders } = await snippet<{ adminProviders: EnvironmentProviders[] }>(
      'Interceptors of a lazy route',
    );
    const { url, exchange } = await httpServer((_request, response) => {
      response.writeHead(200, EVENT_STREAM).write('data: one\n\n');
    });
    const app = await withStreams((request, next) =>
      next(request.clone({ setHeaders: { by: request.headers.get('x-tenant') ?? 'nobody' } })),
    );
    const route = createEnvironmentInjector(adminProviders, app.injector);

    await firstValueFrom(fromEventSource(url, { fetch: route.get(angular.HTTP_STREAM_FETCH) }));

    expect((await exchange(1)).request.headers).toMatchObject({ 'x-tenant': 'acme', by: 'acme' });
  });
});

describe('Angular: An answer that keeps its text', () => {
  interface Assistant {
    readonly question: WritableSignal<string | undefined>;
    readonly answer: ResourceRef<{ readonly text: string; readonly state: string } | undefined>;
  }

  it('when it is cut off, and is told from one that has finished', async () => {
    const [words, again] = [producer({ data: 'Hel' }), producer({ data: 'Hel' })];
    const sources = [words.source, again.source];
    const { url, exchanges } = await webServer((request) =>
      toSseResponse(sources.shift()!, { request, endMarker: '[DONE]', heartbeat: 0 }),
    );
    const { Assistant } = await snippet<{ Assistant: Type<Assistant> }>('An answer that keeps its text', url);
    const app = await withStreams();
    const { question, answer } = createEnvironmentInjector([Assistant], app.injector).get(Assistant);

    await app.whenStable();
    expect([answer.status(), exchanges.length]).toEqual(['idle', 0]);
    question.set('Hi');
    await eventually(() => answer.value()).toEqual({ text: 'Hel', state: 'answering' });
    words.next({ data: 'lo' });
    await eventually(() => answer.value()).toEqual({ text: 'Hello', state: 'answering' });
    words.error(new Error('out of memory'));
    await eventually(() => answer.value()).toEqual({ text: 'Hello', state: 'cut off' });
    expect(answer.error()).toBeUndefined();

    question.set('Hi again');
    await eventually(() => answer.value()).toEqual({ text: 'Hel', state: 'answering' });
    again.complete();
    await eventually(() => answer.value()).toEqual({ text: 'Hel', state: 'finished' });
  });

  it('and another question aborts it', async () => {
    const asked: Subject<{ data: string }>[] = [];
    const { url } = await webServer((request) => {
      const words = new Subject<{ data: string }>();
      asked.push(words);
      return toSseResponse(words, { request, heartbeat: 0 });
    });
    const { Assistant } = await snippet<{ Assistant: Type<Assistant> }>('An answer that keeps its text', url);
    const app = await withStreams();
    const { question, answer } = createEnvironmentInjector([Assistant], app.injector).get(Assistant);

    question.set('one');
    await eventually(() => asked[0]?.observed).toBe(true);
    question.set('two');

    await eventually(() => asked.map(({ observed }) => observed)).toEqual([false, true]);
    asked[1]?.next({ data: 'Hi' });
    await eventually(() => answer.value()?.text).toBe('Hi');
  });
});

describe('Angular: The state of the connection', () => {
  it('is a signal, which says that the connection was lost, and why the feed has ended', async () => {
    let refused = false;
    const { url, exchange } = await httpServer((_request, response) => {
      if (refused) response.writeHead(403).end();
      else response.writeHead(200, EVENT_STREAM).write('retry: 200\n\ndata: one\n\n');
    });
    const { Connection } = await snippet<{ Connection: Type<{ state: Signal<string> }> }>(
      'The state of the connection',
      url,
    );
    const app = await application(Connection);
    const { state } = app.injector.get(Connection);

    expect(state()).toBe('connecting');
    await eventually(state).toBe('open');
    refused = true;
    (await exchange(1)).response.destroy();
    await eventually(state).toBe('reconnecting in 0.2 s');
    await eventually(state).toMatch(/^failed: .*403/);
  });
});

describe('Angular: A service worker and streams', () => {
  it('sends a stream past the worker, and nothing else', async () => {
    const { bypassInterceptor } = await snippet<{ bypassInterceptor: HttpInterceptorFn }>(
      'A service worker and streams',
    );
    const { url, exchanges } = await httpServer((_request, response) => {
      response.writeHead(200, EVENT_STREAM).end('data: 1\n\n');
    });
    const { injector } = await withStreams(bypassInterceptor);

    await firstValueFrom(
      fromEventSource(`${url}feed?share=ACME`, { fetch: injector.get(angular.HTTP_STREAM_FETCH) }),
    );
    await firstValueFrom(injector.get(HttpClient).get(`${url}rows`, { responseType: 'text' }));

    expect(exchanges.map(({ request }) => request.url)).toEqual([
      '/feed?share=ACME&ngsw-bypass=true',
      '/rows',
    ]);
  });
});
