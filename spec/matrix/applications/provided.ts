import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { inject } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import type { Observable } from 'rxjs';
import { fromEventSource, typed } from 'rxjs-http-streams';
import type { SseMessage, StreamFetch } from 'rxjs-http-streams';
import {
  HTTP_STREAM_FETCH,
  eventSourceResource,
  ndjsonResource,
  provideHttpStreams,
} from 'rxjs-http-streams/angular';
import type { NdjsonResourceRef, StreamResourceRef } from 'rxjs-http-streams/angular';
import { HttpStreamTestingController, provideHttpStreamsTesting } from 'rxjs-http-streams/angular/testing';
import type { TestStream } from 'rxjs-http-streams/angular/testing';

/** An application that is only compiled, with each Angular. */
export const config: ApplicationConfig = {
  providers: [provideHttpClient(withFetch(), withInterceptors([])), provideHttpStreams()],
};
export const feed = (): Observable<SseMessage> =>
  fromEventSource('/feed', { fetch: inject(HTTP_STREAM_FETCH) });
export const own: StreamFetch = (input, init) => fetch(input, init);

export const message = (): StreamResourceRef<SseMessage | undefined> => eventSourceResource(() => '/feed');
export const price = (): StreamResourceRef<number> =>
  eventSourceResource(() => ({ url: '/price', idleTimeout: 30_000 }), { parse: Number, defaultValue: 0 });
export const sum = (): NdjsonResourceRef<number> =>
  ndjsonResource(() => '/rows', {
    schema: typed<{ readonly n: number }>(),
    reduce: (total, { n }) => total + n,
    defaultValue: 0,
  });

export const tested: ApplicationConfig = { providers: [config.providers, provideHttpStreamsTesting()] };
export const opened = (): TestStream => inject(HttpStreamTestingController).expectOne('/feed').open();
