import { Subject, fromEvent, merge, take } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';

/** A request that reached the server in the page. */
export interface SeenRequest {
  readonly lastEventId: string;
}

/** A network within the page, between a reader and a server, which the visitor can break. */
export interface PageNetwork {
  /** Value for the `fetch` option of a reader. */
  readonly fetch: StreamFetch;
  readonly requests: Observable<SeenRequest>;
  /** Breaks all open connections, as a train in a tunnel does. */
  cut(): void;
  /** Breaks all open connections, and lets no request through until it is called with `true`. */
  setOnline(online: boolean): void;
}

/** Connects readers to a server by a function instead of a network. */
export function pageNetwork(serve: (request: Request) => Response | Promise<Response>): PageNetwork {
  const cutSubject = new Subject<void>();
  const requestSubject = new Subject<SeenRequest>();
  let online = true;
  return {
    requests: requestSubject.asObservable(),
    cut() {
      cutSubject.next();
    },
    setOnline(now) {
      online = now;
      if (!online) cutSubject.next();
    },
    async fetch(input, init): Promise<StreamResponse> {
      if (!online) throw new TypeError('The network of the page is off.');
      const address = input instanceof Request ? input : new URL(input, location.href);
      const request = new Request(address, init);
      requestSubject.next({ lastEventId: request.headers.get('last-event-id') ?? '' });
      const { ok, status, statusText, headers, body } = await serve(request);
      return {
        ok,
        status,
        statusText,
        headers,
        url: request.url,
        body: body && breakable(body, cutSubject, init.signal ?? undefined),
      };
    },
  };
}

/** A body whose connection breaks: what the reader has not read by then is lost. */
function breakable(
  body: ReadableStream<Uint8Array>,
  cut$: Observable<void>,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const leave = (): void => {
    reader.cancel().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const aborted$ = signal ? fromEvent(signal, 'abort') : [];
        merge(cut$, aborted$)
          .pipe(take(1))
          .subscribe({
            next() {
              controller.error(new TypeError('The network of the page was cut.'));
              leave();
            },
            error(error: unknown) {
              controller.error(error);
            },
          });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
