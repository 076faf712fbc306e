import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

/** A piece of HTML. An element of htmx 2 names it in `sse-swap`; htmx 4 swaps those without a name. */
export interface Html {
  readonly type?: string;
  readonly id?: string;
  readonly data: string;
}

/** Sends pieces of HTML, and then the message `close`, without which the page would ask for the stream again. */
export const serveHtml = (html$: Observable<Html>, request: Request): Response =>
  toSseResponse(html$, { request, endMarker: { type: 'close' } });
