import { EMPTY, defer, of, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessage, StreamAttempt, StreamRequestInit } from 'rxjs-http-streams';

/** Starts a run by a POST and reads it. After a cut it joins the run, but never starts a second one. */
export const fromRun = (runs: string, start: StreamRequestInit): Observable<SseMessage> =>
  defer(() => {
    let run = '';
    const input = ({ attempt, error }: StreamAttempt) =>
      attempt === 1 || run ? of(`${runs}${run}/stream`) : throwError(() => error);
    const request = (): StreamRequestInit => (run ? {} : start);
    const delay = (error: unknown, _: number, suggested: number) => (error ? timer(suggested) : EMPTY);
    return fromEventSource(input, { request, reconnect: { delay } }).pipe(
      tap(({ type, data }) => {
        if (type === 'metadata') run = `/${(JSON.parse(data) as { run_id: string }).run_id}`;
      }),
    );
  });
