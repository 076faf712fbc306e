import { ignoreElements, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { ConnectionState } from './connectionState';
import { element, say } from './element';
import { formatTenths } from './numbers';

/** Shows that the server does not answer, until it does again. */
export const serverBanner = (server$: Observable<ConnectionState>): Observable<never> =>
  server$.pipe(
    tap(({ name, left }) => {
      // An attempt is not yet an answer.
      if (name === 'connecting') return;
      const isGone = name === 'reconnecting';
      element('server', HTMLElement).hidden = !isGone;
      say('server-gone', isGone ? 'The server does not answer. This page connects again by itself' : '');
      say('server-countdown', left === undefined ? '' : `in ${formatTenths(left / 1_000)} s`);
    }),
    ignoreElements(),
  );
