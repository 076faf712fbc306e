import type { Content } from '@google/genai';
import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

/** Answers `POST …:streamGenerateContent?alt=sse` as Gemini does, with the words of an answer. */
export const serveContent =
  (answer: (contents: readonly Content[]) => Observable<string>) =>
  async (request: Request): Promise<Response> => {
    const { contents } = (await request.json()) as { readonly contents: readonly Content[] };
    const messageOf = (text: string, end = {}) => ({
      data: { candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...end }] },
    });
    const word$ = answer(contents).pipe(map((text) => messageOf(text)));
    return toSseResponse(concat(word$, of(messageOf('', { finishReason: 'STOP' }))), { request });
  };
