import type { Content, GenerateContentResponse } from '@google/genai';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Reads an answer of Gemini, part by part. The last part has a reason to finish; an answer without it is an error. */
export const fromContent = (
  url: string,
  contents: readonly Content[],
  headers: Record<string, string>,
): Observable<GenerateContentResponse> =>
  fromEventSource(`${url}:streamGenerateContent?alt=sse`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ contents }),
  }).pipe(
    map(({ data }) => JSON.parse(data) as GenerateContentResponse),
    endOn(({ candidates }) => candidates?.[0]?.finishReason !== undefined, { inclusive: true }),
  );
