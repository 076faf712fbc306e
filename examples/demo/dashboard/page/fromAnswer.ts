import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Address under which the server keeps an answer. */
export const answerUrl = (id: string): string => new URL(`answers/${id}`, location.origin).href;

/**
 * The words of an answer, from its start. It is whole only if it
 * completes: a cut one is an error, and is not continued here, so
 * that the panel can show what a cut is.
 *
 * @param question Asks for the answer, unless the server has one
 *   with this id. Without it the answer is read again.
 */
export const fromAnswer = (id: string, question?: string): Observable<string> =>
  fromEventSource(answerUrl(id), {
    ...(question === undefined ? {} : { method: 'POST', body: question }),
    reconnect: false,
  }).pipe(
    endOn(({ type }) => type === 'done'),
    map(({ data }) => data),
  );
