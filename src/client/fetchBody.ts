import { EMPTY, Observable, mergeMap, tap } from 'rxjs';
import { readBody } from './readBody';
import type { Take } from './readBody';
import { refuseResponse } from './refuseResponse';
import type { Refuse } from './refuseResponse';
import { ownBody } from './requestBody';
import { resolveRequest } from './resolveRequest';
import type { ResolvedRequest } from './resolveRequest';
import { sendRequest } from './sendRequest';
import { locate, reportingProgress } from './session';
import type { Session } from './session';
import type { StreamAttempt, StreamResponse } from './streamInit';

/** What a format wants of the requests and responses that carry it. */
export interface Exchange {
  /** Whether a response carries the stream, or how it is refused. */
  readonly accept: (response: StreamResponse) => boolean | Refuse;
  /** Adds to a request what the format needs. */
  readonly prepare?: (request: ResolvedRequest) => void;
  readonly lastEventId?: string;
}

/**
 * One request and the bytes of its response: it emits nothing, as the chunks go to `take`. Unsubscribing aborts the
 * request and cancels the body; either alone leaves the connection open somewhere.
 */
export function fetchBody(
  session: Session,
  { accept, prepare, lastEventId = '' }: Exchange,
  take: Take,
): Observable<unknown> {
  const { input, report, room } = session;
  const { fetch, request, connectTimeout, idleTimeout = Infinity, ...init } = session.init;
  const sending = { fetch, connectTimeout, idleTimeout };
  const scheduler = fetch?.scheduler;
  return new Observable((subscriber) => {
    const controller = new AbortController();
    let ended = false;
    let isHead = false;
    subscriber.add(() => {
      if (!ended) controller.abort();
    });
    const attempt = ++session.attempt;
    session.response = undefined;
    report?.({ type: 'connecting', attempt });
    if (subscriber.closed) return;

    /** Before anything can fail: what a factory has just made has no other owner. */
    const own = ({ init }: ResolvedRequest): void => {
      ownBody(init, subscriber, (error) => {
        session.isOver = true;
        subscriber.error(error);
      });
    };

    const send = (resolved: ResolvedRequest): Observable<StreamResponse> => {
      const { target, init } = resolved;
      const { method = 'GET' } = target as Partial<Request>;
      session.url = typeof target === 'object' && 'url' in target ? target.url : String(target);
      isHead = /^head$/i.test(init.method ?? method);
      return sendRequest(session, resolved, controller.signal, sending);
    };

    const receive = (response: StreamResponse): Observable<unknown> => {
      session.response = response;
      const verdict = accept(response);
      if (verdict !== true) return refuseResponse(response, scheduler, verdict || undefined);
      report?.({ type: 'open', response });
      if (isHead) return EMPTY;
      return readBody(response, {
        idleTimeout,
        scheduler,
        take: report ? reportingProgress(report, response, take) : take,
        room,
      });
    };

    const tell = (): StreamAttempt => {
      const { error } = session;
      session.error = undefined;
      return { attempt, lastEventId, error };
    };

    return resolveRequest(input, request, init, tell)
      .pipe(
        tap(own),
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
