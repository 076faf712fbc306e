import type { Pool } from 'pg';
import { Observable, concatMap, interval, noop, retry, share } from 'rxjs';

/** The channel on which a log tells that it has changed. */
export const CHANNEL = 'message_logs';

const shared = new WeakMap<Pool, Observable<string | undefined>>();

/**
 * Emits the keys of logs that have changed, from one connection of the pool for all logs of the process, and
 * `undefined` whenever that connection listens (again): any log may have changed before.
 */
export function notificationsOf(pool: Pool): Observable<string | undefined> {
  let notification$ = shared.get(pool);
  if (!notification$) {
    notification$ = listened(pool).pipe(retry({ delay: 250 }), share());
    shared.set(pool, notification$);
  }
  return notification$;
}

const listened = (pool: Pool): Observable<string | undefined> =>
  new Observable((subscriber) => {
    const fail = (error: unknown): void => {
      subscriber.error(error);
    };
    const connected = pool.connect();
    connected
      .then(async (client) => {
        client.on('notification', ({ payload }) => {
          subscriber.next(payload);
        });
        client.on('error', fail);
        client.on('end', () => {
          fail(new Error('The connection that listens has ended'));
        });
        await client.query(`LISTEN ${CHANNEL}`);
        subscriber.next(undefined);
        // A connection that is dead on the way tells nobody: without a reply in 5 s there is another one.
        subscriber.add(
          interval(15_000)
            .pipe(concatMap(() => client.query({ text: 'SELECT 1', query_timeout: 5_000 } as never)))
            .subscribe({ error: fail }),
        );
      })
      .catch(fail);
    return () => {
      connected.then((client) => {
        client.release(true);
      }, noop);
    };
  });
