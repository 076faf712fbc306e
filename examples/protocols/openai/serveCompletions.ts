import type { ChatCompletionCreateParams } from 'openai/resources';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { completionChunks } from './completionChunks.js';

/** Answers `POST /v1/chat/completions` as OpenAI does, with the words of an answer. */
export const serveCompletions =
  (answer: (params: ChatCompletionCreateParams) => Observable<string>) =>
  async (request: Request): Promise<Response> => {
    const params = (await request.json()) as ChatCompletionCreateParams;
    const chunk$ = completionChunks(params.model, answer(params));
    return toSseResponse(chunk$, { request, message: (data) => ({ data }), endMarker: '[DONE]' });
  };
