import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { RENDERING_FRAME } from '../renderingFrame';
import { HttpStreamTestingController } from './httpStreamTestingController';

/**
 * Provides {@link HttpStreamTestingController} and Angular's `HttpTestingController`, so that no request leaves the
 * spec. It has to come after `provideHttpClient` and `provideHttpStreams`.
 */
export function provideHttpStreamsTesting(): Provider[] {
  return [
    provideHttpClientTesting(),
    { provide: RENDERING_FRAME, useValue: undefined },
    {
      provide: HttpStreamTestingController,
      useFactory: () => new HttpStreamTestingController(inject(HttpTestingController)),
    },
  ];
}
