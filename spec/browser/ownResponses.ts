import { NEVER, concat, interval, map, of, range, throwError } from 'rxjs';
import { sseStop, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';

/** Responses for the readers that a browser has itself. */
export const ownResponses: Readonly<Record<string, (request: Request) => Response>> = {
  /** Three messages a connection, and quiet then; to whoever has seen 15 it says stop. */
  '/own/numbers': (request) =>
    request.headers.get('last-event-id')?.includes('15')
      ? sseStop()
      : toSseResponse(
          (lastEventId = '日0') =>
            concat(
              range(Number(lastEventId.slice(1)) + 1, 3).pipe(
                map((n) => ({ id: `日${n}`, type: n % 2 ? 'odd' : 'message', data: { n, text: 'é\r\n' } })),
              ),
              NEVER,
            ),
          { request, retry: 10, heartbeat: 5 },
        ),
  /** One message, and an end; to whoever comes back it says stop. */
  '/own/once': (request) =>
    request.headers.has('last-event-id')
      ? sseStop()
      : toSseResponse(of({ id: '1', data: 'a\rb\r\nc' }), { request, retry: 10 }),
  /** One message, and a failure; to whoever comes back it says stop. */
  '/own/failing': (request) =>
    request.headers.has('last-event-id')
      ? sseStop()
      : toSseResponse(
          concat(
            of({ id: '1', data: 'a' }),
            throwError(() => new Error('the secret')),
          ),
          { request, retry: 10 },
        ),
  '/own/quiet': (request) => toSseResponse(concat(of('a'), NEVER), { request, heartbeat: 0 }),
  '/own/rows': (request) =>
    toNdjsonResponse(interval(5).pipe(map((row) => ({ row, text: '✓' }))), { request }),
  '/own/failing-rows': (request) =>
    toNdjsonResponse(
      concat(
        range(0, 100),
        throwError(() => new Error('the secret')),
      ),
      { request },
    ),
};
