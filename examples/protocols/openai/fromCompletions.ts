import type { ChatCompletionChunk, ChatCompletionCreateParams } from 'openai/resources';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import { questionOf } from './questionOf.js';

/** Reads a chat completion, chunk by chunk. An answer that fails or is cut off is an error. */
export const fromCompletions = (
  baseUrl: string,
  params: ChatCompletionCreateParams,
  apiKey: string,
): Observable<ChatCompletionChunk> =>
  fromEventSource(`${baseUrl}/chat/completions`, questionOf(params, apiKey)).pipe(
    endOn('[DONE]'),
    map(({ data }) => {
      const chunk = JSON.parse(data) as ChatCompletionChunk & {
        readonly error?: { readonly message: string };
      };
      if (chunk.error) throw new Error(chunk.error.message, { cause: chunk.error });
      return chunk;
    }),
  );
