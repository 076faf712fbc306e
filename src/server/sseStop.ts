/**
 * The answer that tells a client of Server-Sent Events not to come back: status 204 ends `EventSource` for good
 * (WHATWG HTML §9.2.3) and completes `fromEventSource`. A clean end of the body would make them reconnect.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { sseStop, toSseResponse } from 'rxjs-http-streams';
 *
 * export const GET = (request: Request) =>
 *   request.headers.has('last-event-id') ? sseStop() : toSseResponse(of({ id: '1', data: 'once' }), { request });
 * ```
 */
export const sseStop = (): Response => new Response(null, { status: 204 });
