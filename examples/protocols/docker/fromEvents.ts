import { defer, repeat, retry, tap, throwError, timer } from 'rxjs';
import { fromNdjsonFetch, isStreamNetworkError } from 'rxjs-http-streams';
import type { StreamInit } from 'rxjs-http-streams';
import { parse } from './dockerEvent';

/** Reads the events of an engine. After a cut it continues behind the last event. */
export const fromEvents = (engine: string, init: StreamInit = {}, pause = 1_000) =>
  defer(() => {
    let since = '';
    return fromNdjsonFetch(() => [`${engine}/events?since=${since}`], { ...init, parse }).pipe(
      tap(({ timeNano }) => (since = `${timeNano + 1n}`.replace(/(?=\d{9}$)/, '.'))),
      repeat({ delay: () => timer(pause) }),
      retry({
        delay: (error: Error) => (isStreamNetworkError(error) ? timer(pause) : throwError(() => error)),
      }),
    );
  });
