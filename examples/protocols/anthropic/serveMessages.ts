import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { messageEvents } from './messageEvents.js';

/** Answers `POST /v1/messages` as Anthropic does, with the words of an answer. */
export const serveMessages =
  (answer: (params: MessageCreateParams) => Observable<string>) =>
  async (request: Request): Promise<Response> => {
    const params = (await request.json()) as MessageCreateParams;
    const event$ = messageEvents(params.model, answer(params));
    return toSseResponse(event$, { request, message: (data) => ({ type: data.type, data }) });
  };
