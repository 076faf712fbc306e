import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/**
 * The words of an answer that the server keeps. They come from the start after a reload, and go on after a cut: an
 * answer that errors has failed on the server, and one that was stopped there is a `StreamTruncatedError`.
 *
 * @param question Asks for the answer. It is asked once, and left out after a reload.
 */
export const fromKept = (url: string, question?: string): Observable<string> =>
  fromEventSource(url, {
    // A cut connection is continued, and a refusal is an answer.
    reconnect: { statuses: [] },
    request: ({ attempt }) =>
      question !== undefined && attempt === 1 ? [{ method: 'POST', body: question }] : [{ method: 'GET' }],
  }).pipe(
    endOn(({ type }) => type === 'done'),
    map(({ data }) => data),
  );
