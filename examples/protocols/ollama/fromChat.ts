import type { ChatRequest, ChatResponse } from 'ollama';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromNdjsonFetch } from 'rxjs-http-streams';

/** Reads an answer of Ollama. The last row has the counts; an answer without it is a `StreamTruncatedError`. */
export const fromChat = (host: string, question: ChatRequest): Observable<ChatResponse> =>
  fromNdjsonFetch<ChatResponse | { readonly error: string }>(new URL('/api/chat', host), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, stream: true }),
  }).pipe(
    map((row) => {
      if ('error' in row) throw new Error(row.error);
      return row;
    }),
    endOn(({ done }) => done, { inclusive: true }),
  );
