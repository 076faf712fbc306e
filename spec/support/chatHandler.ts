import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { SseResponseInit } from 'rxjs-http-streams';
import type { Handler } from './frameworks';

const chunk = (delta: object, finish_reason: string | null = null): { data: object } => ({
  data: {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason }],
  },
});

/** A service that streams chat completions as OpenAI's does; `words` are the answer to whatever it is asked. */
export const chatHandler =
  (words: Observable<string>, init?: Omit<SseResponseInit, 'awaitFirst'>): Handler =>
  (request) =>
    request.headers.get('authorization') === 'Bearer key'
      ? toSseResponse(
          concat(
            of(chunk({ role: 'assistant' })),
            words.pipe(map((content) => chunk({ content }))),
            of(chunk({}, 'stop')),
          ),
          { request, endMarker: '[DONE]', ...init },
        )
      : Response.json({ error: { message: 'No key', type: 'invalid_request_error' } }, { status: 401 });
