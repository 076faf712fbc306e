import { concat, defer, finalize, from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';
import { localModel } from './localModel';
import type { Model } from './localModel';

export interface ChatConfig {
  /** The model. The server unsubscribes from an answer when its client disconnects. */
  model?: Model | undefined;
  /** Number of answers at a time; further clients get a 429 with a `Retry-After`. */
  concurrent?: number | undefined;
}

interface Question {
  model: string;
  messages: { role: string; content: string }[];
}

/** A service that speaks chat completions (`POST /v1/chat/completions`, streamed) as OpenAI's does. */
export function chat({ model = localModel(), concurrent = 8 }: ChatConfig = {}): Handler {
  let answering = 0;

  const answer = ({ model: name, messages }: Question): Observable<{ data: object }> =>
    defer(() => {
      answering++;
      const created = Math.floor(Date.now() / 1_000);
      const chunk = (delta: object, finish_reason: string | null = null): { data: object } => ({
        data: {
          id: `chatcmpl-${created}`,
          object: 'chat.completion.chunk',
          created,
          model: name,
          choices: [{ index: 0, delta, finish_reason }],
        },
      });
      return concat(
        of(chunk({ role: 'assistant' })),
        from(model(messages.at(-1)?.content ?? '')).pipe(map((content) => chunk({ content }))),
        of(chunk({}, 'stop')),
      );
    }).pipe(finalize(() => answering--));

  return async (request) => {
    if (request.method !== 'POST' || new URL(request.url).pathname !== '/v1/chat/completions') {
      return refuse(404, 'unknown_url', 'There is only POST /v1/chat/completions.');
    }
    if (!/^Bearer \S/.test(request.headers.get('authorization') ?? '')) {
      return refuse(401, 'invalid_api_key', 'You did not provide an API key.');
    }
    if (answering >= concurrent) {
      return refuse(429, 'rate_limit_exceeded', 'Rate limit reached. Try again in 2 s.', {
        'retry-after': '2',
      });
    }
    let question: Question;
    try {
      question = (await request.json()) as Question;
    } catch {
      return refuse(400, 'invalid_json', 'The body is not JSON.');
    }
    // An answer without the marker was cut off: it is sent when the model has finished, and only then.
    return toSseResponse(answer(question), { request, endMarker: '[DONE]' });
  };
}

const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response =>
  Response.json(
    { error: { message, type: status === 429 ? 'requests' : 'invalid_request_error', param: null, code } },
    { status, headers },
  );
