import { NEVER, Subject, map, mergeMap, of, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Listener, StreamPlace } from '../../src/redis/commands';
import { WakeUps } from '../../src/redis/wakeUps';
import { scheduled } from '../support/scheduler';
import { fakeCommands } from './fakeCommands';

type Wait = Listener['wait'];

/** Wake-ups of a server that makes each wait of a connection what `wait` says. */
function waking(wait: Wait, more: Partial<Listener> = {}, unblock = (): Observable<boolean> => of(false)) {
  const waits: (readonly StreamPlace[])[] = [];
  const state = { opened: 0, closed: 0, waits };
  const wakeUps = new WakeUps(
    fakeCommands({
      unblock,
      listen: () => {
        state.opened++;
        return {
          connected: of(undefined),
          id: () => of(1),
          wait: (places, ms) => {
            waits.push(places);
            return wait(places, ms);
          },
          close: () => {
            state.closed++;
          },
          ...more,
        };
      },
    }),
  );
  return { wakeUps, state };
}

const silent: Wait = (_, ms) => timer(ms).pipe(map(() => []));

describe('wake-ups', () => {
  it('come when an entry does, and wait on after it', () => {
    scheduled(({ expectObservable, flush }) => {
      let n = 1;
      const { wakeUps, state } = waking(() =>
        n < 3 ? timer(10).pipe(map(() => [['key', `1-${n++}`] as const])) : NEVER,
      );
      expectObservable(wakeUps.changes('key'), '100ms !').toBe('a 9ms a 9ms a', { a: undefined });
      flush();
      expect(state.waits.slice(-1)).toEqual([[['key', '1-2']]]);
    });
  });

  it('come after every silent wait, since what was deleted and begun anew may be waited for in vain', () => {
    scheduled(({ expectObservable }) => {
      const { wakeUps } = waking(silent);
      expectObservable(wakeUps.changes('key'), '11s !').toBe('a 4999ms a 4999ms a', { a: undefined });
    });
  });

  it('come as seldom where waits are short, since no other connection may end them', () => {
    scheduled(({ expectObservable, flush }) => {
      const { wakeUps, state } = waking(silent, {
        id: () => throwError(() => new Error("NOPERM this user has no permissions to run 'client|id'")),
      });
      expectObservable(wakeUps.changes('key'), '5500ms !').toBe('a 4999ms a', { a: undefined });
      flush();
      expect(state.waits.length).toBe(22);
    });
  });

  it('open another connection, and wake all, when a wait fails or never ends', () => {
    scheduled(({ expectObservable, flush }) => {
      let waits = 0;
      const { wakeUps, state } = waking(() => {
        waits++;
        return waits === 1 ? throwError(() => new Error('Socket closed')) : NEVER;
      });
      expectObservable(wakeUps.changes('key'), '10s 500ms !').toBe('a 39ms (aa) 10s 76ms (aa)', {
        a: undefined,
      });
      flush();
      expect(state).toMatchObject({ opened: 3, closed: 3 });
    });
  });

  it('end the wait for the sake of a stream that joins, also where that comes to the server before the wait', () => {
    scheduled(({ expectObservable, flush }) => {
      const waitSubject = new Subject<readonly StreamPlace[]>();
      let tries = 0;
      const { wakeUps, state } = waking(
        () => waitSubject,
        {},
        () => {
          // The first one asks whether it may.
          const isWaiting = ++tries === 4;
          if (isWaiting) waitSubject.next([]);
          return of(isWaiting);
        },
      );
      expectObservable(wakeUps.changes('a'), '200ms !').toBe('a', { a: undefined });
      expectObservable(timer(50).pipe(mergeMap(() => wakeUps.changes('b'))), '200ms !').toBe('');
      flush();
      expect(tries).toBe(4);
      expect(state.waits).toEqual([
        [['a', '1-0']],
        [
          ['a', '1-0'],
          ['b', '1-0'],
        ],
      ]);
    });
  });

  it('keep the connection for a second after the last reader', () => {
    scheduled(({ expectObservable, flush }) => {
      const { wakeUps, state } = waking(() => NEVER);
      expectObservable(wakeUps.changes('a'), '10ms !').toBe('a', { a: undefined });
      expectObservable(timer(500).pipe(mergeMap(() => wakeUps.changes('a'))), '600ms !').toBe('');
      flush();
      expect(state).toMatchObject({ opened: 1, closed: 1 });
    });
  });
});
