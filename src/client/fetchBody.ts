import { EMPTY, Observable, mergeMap, tap } from 'rxjs';
import { readBody } from './readBody';
import type { Take } from './bodyReading';
import { refuseResponse } from './refuseResponse';
import type { Refuse } from './refuseResponse';
import { ownBody } from './requestBody';
import { resolveRequest } from './resolveRequest';
import type { ResolvedRequest } from './resolveRequest';
import { sendRequest } from './sendRequest';
import { reportingProgress } from './reportingProgress';
import type { Session } from './session';
import type { StreamAttempt, StreamResponse } from './streamInit';

/** One request and its response, as a format needs them. */
export interface Exchange {
  /**
   * Whether a response carries the stream. If not, the exchange errors: with an `HttpStatusError` for `false`, or with
   * the error of the function that is returned.
   */
  readonly accept: (response: StreamResponse) => boolean | Refuse;
  /** Adds the headers and options of the format to a request. */
  readonly prepare?: (request: ResolvedRequest) => void;
  /** Reads the clean end of the body. An error that it throws is the error of the exchange. */
  readonly ended?: () => void;
  readonly lastEventId?: string;
}

/**
 * Sends one request and passes the chunks of its response to `take`. The Observable itself emits nothing. Unsubscribing
 * aborts the request and also cancels the body, because on some platforms one of the two alone leaves the connection
 * open.
 */
export function fetchBody(
  session: Session,
  { accept, prepare, ended, lastEventId = '' }: Exchange,
  take: Take,
): Observable<never> {
  const { input, report, room } = session;
  const { fetch, request, connectTimeout, idleTimeout = Infinity, ...init } = session.init;
  const sending = { fetch, connectTimeout, idleTimeout };
  const scheduler = fetch?.scheduler;
  return new Observable((subscriber) => {
    const controller = new AbortController();
    let isComplete = false;
    let isHead = false;
    subscriber.add(() => {
      if (!isComplete) controller.abort();
    });
    const attempt = ++session.attempt;
    session.response = undefined;
    report?.({ type: 'connecting', attempt });
    if (subscriber.closed) return;

    /** Ties a streaming body to this exchange. It is the first step, because nothing else would release the body. */
    const own = ({ init }: ResolvedRequest): void => {
      ownBody(init, subscriber, (error) => {
        session.isOver = true;
        subscriber.error(error);
      });
    };

    const send = (resolved: ResolvedRequest): Observable<StreamResponse> => {
      const { target, init } = resolved;
      const { method = 'GET', url } = target as Partial<Request>;
      session.url = url ?? `${target as string | URL}`;
      isHead = /^head$/i.test(init.method ?? method);
      return sendRequest(session, resolved, controller.signal, sending);
    };

    const receive = (response: StreamResponse): Observable<never> => {
      session.response = response;
      const verdict = accept(response);
      if (verdict !== true) return refuseResponse(response, scheduler, verdict || undefined);
      report?.({ type: 'open', response });
      if (isHead) return EMPTY;
      // With `take`, a body emits nothing: `ignoreElements` would be one more operator in memory.
      return readBody(response, {
        idleTimeout,
        scheduler,
        take: report ? reportingProgress(session, response, take) : take,
        room,
      }) as Observable<never>;
    };

    const takeAttempt = (): StreamAttempt => {
      const { error } = session;
      session.error = undefined;
      return { attempt, lastEventId, error };
    };

    return resolveRequest(input, request, init, takeAttempt)
      .pipe(
        tap(own),
        tap(prepare),
        mergeMap(send),
        mergeMap(receive),
        tap({
          complete: () => {
            isComplete = true;
            ended?.();
          },
        }),
      )
      .subscribe(subscriber);
  });
}
