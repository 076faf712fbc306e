import { asyncScheduler, defer, retry, throwError, timeout, timer } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import type { RedisCommands } from './commands';
import { isBroken } from './isBroken';

/** Time after which a command counts as lost with its connection, in milliseconds. */
const ATTEMPT = 10_000;
/** Time for which a command is tried again while its connection is broken, in milliseconds: a restart takes less. */
const PATIENCE = 30_000;

/** Gives the reply to a command, which is sent again while its connection is broken. */
export const persistently = <A>(commands: RedisCommands, command: () => ObservableInput<A>): Observable<A> =>
  defer(() => {
    const latest = asyncScheduler.now() + PATIENCE;
    return defer(command).pipe(
      timeout(ATTEMPT),
      retry({
        // node-redis 5 can give a command the reply to its own greeting when a connection breaks: once is no refusal.
        delay: (error, count) =>
          (isBroken(error) || count === 1) && !commands.isClosed && asyncScheduler.now() < latest
            ? timer(Math.min(20 * 2 ** count, 1_000))
            : throwError(() => error as unknown),
      }),
    );
  });
