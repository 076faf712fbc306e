import { EMPTY, exhaustMap, expand, filter, ignoreElements, map, repeat, switchMap, tap, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { claimLost } from './claimLost';
import { chance } from './chance';
import type { RedisCommands } from './commands';
import { persistently } from './persistently';
import { CHECK, CLAIM, RENEW, STOP } from './scripts';

/** Number of milliseconds after the end of a lease at which it is looked at again. */
const LATE = 1;

const GONE = 'The process that generated this answer is gone';

/** Where answers are stored, and for how long, in milliseconds. */
export interface LeasesConfig {
  /** Stands before the keys, in braces. */
  readonly tagged: string;
  /** Time for which an answer is held after its end. */
  readonly ttl: number;
  /** Time for which a lease runs. */
  readonly time: number;
}

/** Leases of producers on the answers that they generate, by the ids of these. */
export interface Leases {
  /** Gives the keys of an answer and of its lease. */
  readonly keysOf: (id: string) => { readonly key: string; readonly lease: string };
  /** Begins an answer, if there is none, and gives whether it did. */
  readonly claim: (id: string, holder: string) => Observable<boolean>;
  /** Gives how long the lease still runs, 0 where the answer has ended, and less where there is none. */
  readonly check: (id: string) => Observable<number>;
  /** Ends the answer as soon as its lease has run out, for as long as it is subscribed. */
  readonly watched: (id: string) => Observable<never>;
  /** Renews a lease for as long as it is subscribed. Emits when the answer was stopped, errors when the lease is lost. */
  readonly renewed: (id: string, holder: string) => Observable<unknown>;
  /** Ends an answer that has a producer, and gives whether there was one. */
  readonly stop: (id: string) => Observable<boolean>;
}

/** Returns the leases on the answers of a prefix. */
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
