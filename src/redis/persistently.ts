import { asyncScheduler, defer, retry, throwError, timeout, timer } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import type { RedisCommands } from './commands';
import { isBroken } from './isBroken';

/** Time after which a command without a reply counts as lost with its connection, in milliseconds. */
const ATTEMPT = 10_000;
/** Time for which a command is retried while its connection is broken, in milliseconds. A restart takes less. */
const PATIENCE = 30_000;

/** Sends a command, retries it while the connection is broken, and emits its reply. */
export const persistently = <A>(commands: RedisCommands, command: () => ObservableInput<A>): Observable<A> =>
  defer(() => {
    const latest = asyncScheduler.now() + PATIENCE;
    return defer(command).pipe(
      timeout(ATTEMPT),
      retry({
        // When a connection breaks, node-redis 5 can give a command the reply to the greeting of the next one. So a
        // command is retried after its first failure, whatever the reply.
        delay: (error, count) =>
          (isBroken(error) || count === 1) && !commands.isClosed && asyncScheduler.now() < latest
            ? timer(Math.min(20 * 2 ** count, 1_000))
            : throwError(() => error as unknown),
      }),
    );
  });
