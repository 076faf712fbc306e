import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';
import { contentOf } from '../s5-chat/chatChunk';
import { completionsOf, questionTo } from '../s5-chat/chatService';
import type { ChatService } from '../s5-chat/chatService';
import { show } from './watch';

/** The answer of a model, with the life of its stream. It is whole only if it completes: a cut one is an error. */
export const fromChat = (service: ChatService, question: string): Observable<LifecycleEvent<string>> =>
  fromEventSource(completionsOf(service), {
    ...questionTo(service, question),
    observe: 'lifecycle',
  }).pipe(
    endOn((event) => event.type === 'value' && event.value.data === '[DONE]'),
    show(({ data }) => contentOf(data)),
  );
