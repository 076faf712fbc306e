import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';
import { z } from 'zod';
import { show } from './watch';

/** Where a model is, and what it is called. */
export interface ChatModel {
  /** Up to where the path of the API begins, such as `https://api.openai.com/v1`. */
  baseUrl: string;
  apiKey: string;
  model: string;
}

const chunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })),
});

/** The answer of a model, piece by piece. It is whole only if it completes: a cut one is an error. */
export function fromChat(
  { baseUrl, apiKey, model }: ChatModel,
  question: string,
): Observable<LifecycleEvent<string>> {
  return fromEventSource(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: question }] }),
    observe: 'lifecycle',
  }).pipe(
    endOn((event) => event.type === 'value' && event.value.data === '[DONE]'),
    show(({ data }) => chunkSchema.parse(JSON.parse(data)).choices[0]?.delta.content ?? ''),
  );
}
