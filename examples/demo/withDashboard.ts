import { NEVER, defer, map, merge, of, switchMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { serveDashboard } from './dashboard/server/serveDashboard';

/**
 * Serves the dashboard while something else goes on.
 *
 * @param exitCode$ What goes on; emits once.
 * @param stay$ Until when the page stays after that; it goes at once if omitted.
 */
export const withDashboard = (
  exitCode$: Observable<number>,
  stay$?: Observable<unknown>,
): Observable<number> =>
  serveDashboard().pipe(
    switchMap((origin) => {
      console.log(`page: ${origin}\n`);
      const told$ = defer(() => {
        console.log(`\nThe page stays at ${origin} until Ctrl-C.`);
        return NEVER;
      });
      return exitCode$.pipe(
        switchMap((exitCode) =>
          // Who has pressed Ctrl-C already need not be told.
          stay$ ? merge(stay$, told$).pipe(map(() => exitCode)) : of(exitCode),
        ),
      );
    }),
    take(1),
  );
