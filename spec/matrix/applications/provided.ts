import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { inject } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessage, StreamFetch } from 'rxjs-http-streams';
import { HTTP_STREAM_FETCH, provideHttpStreams } from 'rxjs-http-streams/angular';

/** An application that is only compiled, with each Angular. */
export const config: ApplicationConfig = {
  providers: [provideHttpClient(withFetch(), withInterceptors([])), provideHttpStreams()],
};
export const feed = (): Observable<SseMessage> =>
  fromEventSource('/feed', { fetch: inject(HTTP_STREAM_FETCH) });
export const own: StreamFetch = (input, init) => fetch(input, init);
