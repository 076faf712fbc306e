import {
  EMPTY,
  Observable,
  asyncScheduler,
  catchError,
  defer,
  first,
  from,
  mergeMap,
  noop,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import type { SchedulerLike, Subscription } from 'rxjs';
import { StreamNetworkError, StreamTimeoutError } from '../errors';
import type { Take } from './decodeBody';
import { refusal } from './refusal';
import { resolveRequest } from './resolveRequest';
import type { ResolvedRequest } from './resolveRequest';
import { locate, reportingProgress } from './session';
import type { Session } from './session';
import type { StreamAttempt, StreamResponse } from './streamInit';

/** What a format wants of the requests and responses that carry it. */
export interface Exchange {
  /** Whether a response carries the stream; may throw the reason why not. */
  readonly accept: (response: StreamResponse) => boolean;
  /** Adds to a request what the format needs. */
  readonly prepare?: (request: ResolvedRequest) => void;
  readonly lastEventId?: string;
}

/**
 * One request and the bytes of its response: the only place that calls `fetch` and holds a reader. It emits nothing: the
 * chunks go to `take`. Unsubscribing aborts the request and cancels the body; either alone leaves the connection open
 * somewhere.
 */
export function fetchBody(
  session: Session,
  { accept, prepare, lastEventId = '' }: Exchange,
  take: Take,
): Observable<unknown> {
  const { input, report, room } = session;
  const { fetch, request, idleTimeout = Infinity, ...init } = session.init;
  const scheduler = fetch?.scheduler ?? asyncScheduler;
  return new Observable((subscriber) => {
    const controller = new AbortController();
    let ended = false;
    subscriber.add(() => {
      if (!ended) controller.abort();
    });
    const attempt = ++session.attempt;
    session.response = undefined;
    report?.({ type: 'connecting', attempt });
    if (subscriber.closed) return;

    const send = ({ target, headers, init }: ResolvedRequest): Observable<StreamResponse> => {
      session.url = typeof target === 'object' && 'url' in target ? target.url : String(target);
      return timely(
        'connect',
        defer(() =>
          (fetch ?? globalThis.fetch)(target, { ...init, headers, signal: controller.signal }),
        ).pipe(first()),
        idleTimeout,
        scheduler,
      );
    };

    const receive = (response: StreamResponse): Observable<unknown> => {
      session.response = response;
      if (!accept(response)) return refusal(response, readBody(response, Infinity, scheduler), scheduler);
      report?.({ type: 'open', response });
      const taking = report ? reportingProgress(report, response, take) : take;
      return readBody(response, idleTimeout, scheduler, taking, room);
    };

    const tell = (): StreamAttempt => {
      const { error } = session;
      session.error = undefined;
      return { attempt, lastEventId, error };
    };

    return resolveRequest(input, request, init, tell)
      .pipe(
        tap(prepare),
        mergeMap(send),
        mergeMap(receive),
        tap({
          error: locate(session),
          complete: () => {
            ended = true;
          },
        }),
      )
      .subscribe(subscriber);
  });
}

/** The chunks of a body, each read when there is room for it; handed to `take` where there is one. */
function readBody(
  { body, status }: StreamResponse,
  idleTimeout: number,
  scheduler: SchedulerLike,
  take?: Take,
  room?: Observable<unknown>,
): Observable<Uint8Array> {
  // Browsers give an empty stream for 204, other platforms none.
  if (!body || status === 204) return EMPTY;
  return 'getReader' in body
    ? readStream(body as ReadableStream<Uint8Array>, idleTimeout, scheduler, take, room)
    : timely('body', from(body), idleTimeout, scheduler).pipe(tap(take));
}

/** Names what goes wrong, and counts silence as going wrong. */
const timely = <T>(
  phase: StreamNetworkError['phase'],
  values: Observable<T>,
  each: number,
  scheduler: SchedulerLike,
): Observable<T> => {
  const named = values.pipe(
    catchError((cause: unknown) => throwError(() => new StreamNetworkError(phase, cause))),
  );
  return each === Infinity
    ? named
    : named.pipe(timeout({ each, scheduler, with: () => throwError(() => new StreamTimeoutError(each)) }));
};

/** A loop on the reader, not `from(stream)`: that neither cancels a pending read nor holds back. */
function readStream(
  stream: ReadableStream<Uint8Array>,
  idleTimeout: number,
  scheduler: SchedulerLike,
  take: Take | undefined,
  room: Observable<unknown> | undefined,
): Observable<Uint8Array> {
  return new Observable((subscriber) => {
    const reader = stream.getReader();
    let idle: Subscription | undefined;
    const pull = (): void => {
      // For each read, not for the chunks: while reading is held back the silence is not the server's.
      if (idleTimeout < Infinity) {
        idle = timer(idleTimeout, scheduler).subscribe({
          next: () => {
            subscriber.error(new StreamTimeoutError(idleTimeout));
          },
          error: noop,
        });
        subscriber.add(idle);
      }
      reader.read().then(receive, fail);
    };
    const receive = ({ done, value }: ReadableStreamReadResult<Uint8Array>): void => {
      idle?.unsubscribe();
      if (done) {
        subscriber.complete();
        return;
      }
      if (take) take(value);
      else subscriber.next(value);
      if (!subscriber.closed) pullWhenRoom();
    };
    const fail = (cause: unknown): void => {
      subscriber.error(new StreamNetworkError('body', cause));
    };
    const pullWhenRoom = (): void => {
      if (room) subscriber.add(room.subscribe({ next: pull, error: noop }));
      else pull();
    };
    pullWhenRoom();
    return () => {
      reader.cancel().catch(noop);
    };
  });
}
