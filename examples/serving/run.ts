import { NEVER, dematerialize, fromEvent, materialize, switchMap, takeUntil, tap } from 'rxjs';
import type { Observable } from 'rxjs';

/** The part of an example that runs once its servers listen. */
export interface Show<T> {
  /** Runs in the terminal. */
  client: (servers: T) => Observable<unknown>;
  /** The address of its page. */
  page?: ((servers: T) => string) | undefined;
}

/**
 * Runs an example until its client has ended. With `--serve` it only serves, until Ctrl-C, so that its page can be
 * looked at. A failure ends the process with an exit code.
 */
export function run<T>(servers$: Observable<T>, { client, page }: Show<T>): void {
  const serving = process.argv.includes('--serve');
  servers$
    .pipe(
      tap((servers) => {
        if (page) console.log(`page: ${page(servers)}${serving ? '' : '  (stays with --serve)'}`);
      }),
      // Servers never complete: the end of the client has to be the end of all.
      switchMap((servers) => (serving ? NEVER : client(servers).pipe(materialize()))),
      dematerialize(),
      takeUntil(fromEvent(process, 'SIGINT')),
    )
    .subscribe();
}
