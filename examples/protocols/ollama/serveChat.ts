import type { ChatRequest, Message } from 'ollama';
import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse } from 'rxjs-http-streams';

/** Answers `POST /api/chat` as Ollama does: one row of JSON for each word, and a last one with `done: true`. */
export const serveChat =
  (answer: (messages: readonly Message[]) => Observable<string>) =>
  async (request: Request): Promise<Response> => {
    const { model, messages = [] } = (await request.json()) as ChatRequest;
    const row = (content: string, done = false): object => {
      return { model, created_at: new Date(), message: { role: 'assistant', content }, done };
    };
    const word$ = answer(messages).pipe(map((word) => row(word)));
    return toNdjsonResponse(concat(word$, of({ ...row('', true), done_reason: 'stop' })), { request });
  };
