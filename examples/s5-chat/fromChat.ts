import { filter, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import { contentOf } from './chatChunk';
import { completionsOf, questionTo } from './chatService';
import type { ChatService } from './chatService';

/** The answer of a model, piece by piece. It is whole only if it completes: a cut one is an error. */
export const fromChat = (service: ChatService, question: string): Observable<string> =>
  fromEventSource(completionsOf(service), questionTo(service, question)).pipe(
    endOn('[DONE]'),
    map(({ data }) => contentOf(data)),
    filter((text) => text !== ''),
  );
