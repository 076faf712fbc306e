import type { UIMessage, UIMessageChunk } from 'ai';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Reads an answer of the AI SDK, chunk by chunk. An answer that fails or is cut off is an error. */
export const fromChat = (
  url: string,
  id: string,
  messages: readonly UIMessage[],
): Observable<UIMessageChunk> =>
  fromEventSource(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, messages, trigger: 'submit-message' }),
  }).pipe(
    endOn('[DONE]'),
    map(({ data }) => {
      const chunk = JSON.parse(data) as UIMessageChunk;
      if (chunk.type === 'error') throw new Error(chunk.errorText);
      return chunk;
    }),
  );
