import { filter, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import { contentOf } from '../../../s5-chat/chatChunk';
import { completionsOf, questionTo } from '../../../s5-chat/chatService';

const service = { baseUrl: new URL('v1', location.origin).href, apiKey: 'page', model: 'stand-in' };

/**
 * The words of an answer. It is whole only if it completes: a cut one is an error.
 *
 * @param key The same for every request that must be paid for once.
 */
export const fromAnswer = (question: string, key: string): Observable<string> =>
  fromEventSource(completionsOf(service), {
    ...questionTo(service, question),
    request: () => [{ headers: { 'idempotency-key': key } }],
  }).pipe(
    endOn('[DONE]'),
    map(({ data }) => contentOf(data)),
    filter((text) => text !== ''),
  );
