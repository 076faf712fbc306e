import { catchError, defer, finalize, from, identity, of, switchMap, throwError, timeout } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamNetworkError, StreamTimeoutError, isStreamTimeoutError } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import type { Command } from './command';
import { formatOf } from './formats';
import { readAs } from './readAs';
import type { Output } from './readAs';

/** Reads the stream of a command and emits the text to print, as it arrives. */
export function read(command: Command, output: Output): Observable<string> {
  const { format, path } = command;
  return format === undefined
    ? withResponse(command, (response, fetch) => {
        const found = formatOf(response.headers.get('content-type'), path === undefined ? 'text' : 'ndjson');
        return readAs(found, command, output, fetch);
      })
    : readAs(format, command, output);
}

/**
 * Sends one request and reads its response with the Observable of `selector`. The command sends the request itself
 * because it chooses the reader by the media type of the response, and a reader sends a request of its own.
 *
 * @param selector - Receives the response, and a `fetch` that returns it to a reader.
 */
function withResponse<T>(
  { url, request, idleTimeout }: Command,
  selector: (response: Response, fetch: StreamFetch) => Observable<T>,
): Observable<T> {
  return defer(() => {
    const controller = new AbortController();
    return from(fetch(url, { ...request, signal: controller.signal })).pipe(
      idleTimeout === undefined
        ? identity
        : timeout({
            each: idleTimeout,
            with: () => throwError(() => new StreamTimeoutError({ idleTimeout })),
          }),
      catchError((cause: unknown) =>
        throwError(() =>
          isStreamTimeoutError(cause) ? cause : new StreamNetworkError({ phase: 'connect', cause }),
        ),
      ),
      switchMap((response) => selector(response, () => of(response))),
      finalize(() => {
        controller.abort();
      }),
    );
  });
}
