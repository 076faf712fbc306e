import { isPlatformBrowser } from '@angular/common';
import { PLATFORM_ID, inject } from '@angular/core';
import { EMPTY } from 'rxjs';
import type { Observable } from 'rxjs';

/** A stream without end is for the browser: a page on the server is rendered once. */
export const inBrowser = <T>(stream$: Observable<T>): Observable<T> =>
  isPlatformBrowser(inject(PLATFORM_ID)) ? stream$ : EMPTY;
