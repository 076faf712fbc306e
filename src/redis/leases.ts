import { EMPTY, exhaustMap, expand, filter, ignoreElements, map, repeat, switchMap, tap, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { claimLost } from './claimLost';
import { chance } from './chance';
import type { RedisCommands } from './commands';
import { persistently } from './persistently';
import { CHECK, CLAIM, RENEW, STOP } from './scripts';

/** Delay between the expiry of a lease and the next check of it, in milliseconds. */
const LATE = 1;

const GONE = 'The process that generated this answer is gone';

/** Options of {@link leases}. Times are in milliseconds. */
export interface LeasesConfig {
  /** The prefix of the keys, in braces. */
  readonly tagged: string;
  /** Time for which an answer stays stored after its end. */
  readonly ttl: number;
  /** Time after which a lease expires unless its holder renews it. */
  readonly time: number;
}

/**
 * Leases on answers. While a producer has the lease on an answer, only that producer may append to it.
 */
export interface Leases {
  /** Returns the keys of an answer and of its lease. */
  readonly keysOf: (id: string) => { readonly key: string; readonly lease: string };
  /** Begins an answer if it does not exist, and gives its lease to `holder`. Emits whether `holder` has the lease. */
  readonly claim: (id: string, holder: string) => Observable<boolean>;
  /** Emits the milliseconds until the lease expires, 0 if the answer has ended, or -1 if it does not exist. */
  readonly check: (id: string) => Observable<number>;
  /** While it is subscribed, checks the lease at each expiry, and ends the answer if its lease was not renewed. */
  readonly watched: (id: string) => Observable<never>;
  /** Renews a lease while it is subscribed. Emits when the answer was stopped, and errors if the lease is lost. */
  readonly renewed: (id: string, holder: string) => Observable<unknown>;
  /** Ends an answer that has a producer. Emits whether it had one. */
  readonly stop: (id: string) => Observable<boolean>;
}

/** Makes the leases on the answers of one prefix. */
export function leases(commands: RedisCommands, { tagged, ttl, time }: LeasesConfig): Leases {
  const keysOf = (id: string) => ({ key: `${tagged}:${id}`, lease: `${tagged}:${id}:lease` });

  const run = <R>(script: string, id: string, ...args: (string | number)[]): Observable<R> => {
    const { key, lease } = keysOf(id);
    return persistently(commands, () => commands.run(script, [key, lease], args)).pipe(
      map((reply) => reply as R),
    );
  };

  const check = (id: string): Observable<number> => run(CHECK, id, ttl, GONE).pipe(map(Number));

  return {
    keysOf,
    claim: (id, holder) =>
      run<unknown>(CLAIM, id, holder, time, ttl, GONE, chance()).pipe(
        map((isGiven) => Number(isGiven) === 1),
      ),
    check,
    watched: (id) =>
      check(id).pipe(
        expand((left) => (left > 0 ? timer(left + LATE).pipe(switchMap(() => check(id))) : EMPTY)),
        ignoreElements(),
      ),
    renewed: (id, holder) =>
      timer(time / 3).pipe(
        exhaustMap(() => run<string>(RENEW, id, holder, time, ttl, GONE)),
        repeat(),
        filter((reply) => reply !== 'renewed'),
        tap((reply) => {
          if (reply !== 'stopped') throw claimLost(keysOf(id).key);
        }),
      ),
    stop: (id) => run<unknown>(STOP, id, ttl, GONE).pipe(map((isStopped) => Number(isStopped) === 1)),
  };
}
