import { isPlatformServer } from '@angular/common';
import { InjectionToken, PLATFORM_ID, inject } from '@angular/core';
import { animationFrames, race, take, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/** Wait for a frame, in milliseconds: a page that is hidden has none. */
const LONGEST_FRAME = 1_000;

/**
 * Emits when the resources may show what has arrived: at the next frame of the browser, or after a second in a page
 * that is hidden. Unset where there are no frames: on a server, and in specs.
 */
export const RENDERING_FRAME = new InjectionToken<Observable<unknown> | undefined>('RENDERING_FRAME', {
  providedIn: 'root',
  factory: () =>
    isPlatformServer(inject(PLATFORM_ID)) || !('requestAnimationFrame' in globalThis)
      ? undefined
      : race(animationFrames(), timer(LONGEST_FRAME)).pipe(take(1)),
});
