import { EMPTY, of, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { LifecycleEvent, StreamFetch } from 'rxjs-http-streams';
import { show } from './watch';

/** Reads whatever stream is there: the media type of the response decides how. One request, unless it is cut. */
export const fromUrl = (url: string): Observable<LifecycleEvent<string>> =>
  fromFetch(url, {
    headers: { accept: 'text/event-stream, application/x-ndjson, */*;q=0.5' },
    selector: (response) => read(url, response),
  });

function read(url: string, response: Response): Observable<LifecycleEvent<string>> {
  const opened = [response];
  // The response that is here is the first answer; only a reader that reconnects asks for more.
  const fetch: StreamFetch = (input, init) => {
    const first = opened.pop();
    return first ? of(first) : globalThis.fetch(input, init);
  };

  switch (mediaType(response)) {
    case 'text/event-stream':
      return fromEventSource(url, {
        fetch,
        observe: 'lifecycle',
        // A clean end is the end here; an `EventSource` would go on for ever.
        reconnect: {
          count: 5,
          delay: (error, retryCount) => (error === undefined ? EMPTY : timer(1_000 * retryCount)),
        },
      }).pipe(show(({ type, data }) => (type === 'message' ? `${data}\n` : `${type}: ${data}\n`)));
    case 'application/x-ndjson':
    case 'application/ndjson':
    case 'application/jsonl':
    case 'application/json':
      return fromNdjsonFetch(url, { fetch, observe: 'lifecycle' }).pipe(
        show((value) => `${JSON.stringify(value)}\n`),
      );
    default:
      return fromChunkedFetch(url, { fetch, observe: 'lifecycle' });
  }
}

const mediaType = ({ headers }: Response): string | undefined =>
  headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
