import { DOCUMENT, IMAGE_CONFIG } from '@angular/common';
import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import type { ApplicationRef, EnvironmentProviders, Provider } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { onTestFinished } from 'vitest';
import { HTTP_STREAM_FETCH, provideHttpStreams } from '../../src/angular';
import type { StreamFetch } from '../../src/client/streamInit';

/** An application without a page, until the test is over. */
export async function application(
  ...providers: (Provider | EnvironmentProviders)[]
): Promise<ApplicationRef> {
  const app = await createApplication({
    providers: [
      { provide: DOCUMENT, useValue: { cookie: '', getElementById: () => null } },
      // Looks for images in the document, which is none.
      {
        provide: IMAGE_CONFIG,
        useValue: { disableImageSizeWarning: true, disableImageLazyLoadWarning: true },
      },
      ...providers,
    ],
  });
  onTestFinished(() => {
    if (!app.destroyed) app.destroy();
  });
  return app;
}

/** The `fetch` for readers of an application with these interceptors. */
export async function fetchThrough(...interceptors: HttpInterceptorFn[]): Promise<StreamFetch> {
  const app = await application(
    provideHttpClient(withFetch(), withInterceptors(interceptors)),
    provideHttpStreams(),
  );
  return app.injector.get(HTTP_STREAM_FETCH);
}
