import { Subject, asyncScheduler, defer, map, merge, takeUntil, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { check } from '../options/rules';
import { aDelay } from '../options/values';
import { quietFor } from '../flow/quietFor';

/**
 * Emits `frame` whenever the source has not emitted for `ms` milliseconds. Proxies and runtimes cut idle connections,
 * and only a write shows a server that its client has disconnected.
 *
 * ```
 * source: --a-----------b--|
 *         keepAlive(5, '.')
 * result: --a----.----.-b--|
 * ```
 *
 * Completes and errors with the source. Throws a `TypeError` when `ms` is not a number from 1 to 2^31 - 1.
 *
 * @param ms - Time without an emission, in milliseconds, counted from the subscription and from each emission.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { formatSse, keepAlive } from 'rxjs-http-streams';
 *
 * interval(60_000)
 *   .pipe(
 *     map((n) => ({ data: n })),
 *     formatSse(),
 *     keepAlive(15_000, ':\n\n'),
 *   )
 *   .subscribe((frame) => process.stdout.write(frame));
 * ```
 */
export function keepAlive<T, F>(ms: number, frame: F): OperatorFunction<T, T | F> {
  check('ms', ms, aDelay);
  return (source) =>
    defer(() => {
      let last = asyncScheduler.now();
      const endedSubject = new Subject<void>();
      const frames = quietFor(ms, () => asyncScheduler.now() - last).pipe(
        map(() => frame),
        takeUntil(endedSubject),
      );
      const values = source.pipe(
        tap({
          complete: () => {
            endedSubject.next();
          },
        }),
      );
      return merge(frames, values).pipe(
        tap(() => {
          last = asyncScheduler.now();
        }),
      );
    });
}
