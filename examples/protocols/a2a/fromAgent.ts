import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';

/** Sends a message to an agent, and reads the events of its task. The request is sent once: it can act twice. */
export const fromAgent = (url: string, method: string, params: object): Observable<object> =>
  fromEventSource(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'A2A-Version': '1.0' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  }).pipe(
    map(({ data }) => {
      const { result, error } = JSON.parse(data) as { result?: object; error?: { message: string } };
      if (!result) throw new Error(error?.message, { cause: error });
      return result;
    }),
  );
