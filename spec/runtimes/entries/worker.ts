import { Observable } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';
import { handle } from '../handler';
import { runReaderCases } from '../readerCases';

/** In a worker all that happens belongs to a request: the readers run while they are asked what they see. */
const read = (origin: string): Observable<[string, string]> =>
  new Observable((subscriber) => {
    void runReaderCases(origin, (...seen) => {
      subscriber.next(seen);
    }).then(() => {
      subscriber.complete();
    });
  });

export default {
  fetch(request: Request): Response | Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    return pathname === '/read'
      ? toNdjsonResponse(read(searchParams.get('origin') ?? ''), { request })
      : handle(request);
  },
};
