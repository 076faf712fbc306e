import type { ChatCompletionChunk } from 'openai/resources';
import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';

type Choice = ChatCompletionChunk['choices'][number];

/** Makes the chunks of a chat completion from the words of an answer. */
export function completionChunks(model: string, word$: Observable<string>): Observable<ChatCompletionChunk> {
  const created = Math.floor(Date.now() / 1_000);
  const chunk = {
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: 'chat.completion.chunk',
    created,
    model,
  } as const;
  const chunkOf = (delta: Choice['delta'], finish_reason: Choice['finish_reason'] = null) => ({
    ...chunk,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const content$ = word$.pipe(map((content) => chunkOf({ content })));
  return concat(of(chunkOf({ role: 'assistant' })), content$, of(chunkOf({}, 'stop')));
}
