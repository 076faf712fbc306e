/**
 * Returns the response that stops a client of Server-Sent Events from reconnecting. Its status 204 ends `EventSource`
 * for good (WHATWG HTML §9.2.3) and completes `fromEventSource`. After a clean end of a body both would reconnect.
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
