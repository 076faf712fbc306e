import { map } from 'rxjs';
import { endOn, fromEventSource, toChunkedResponse, toSseResponse } from 'rxjs-http-streams';
import { contentOf } from '../s5-chat/chatChunk';
import { completionsOf } from '../s5-chat/chatService';
import type { ChatService } from '../s5-chat/chatService';
import type { Handler } from '../serving/handler';

/**
 * Asks an upstream model on behalf of its clients, who never see the key: `POST /v1/chat/completions` is answered with
 * the messages as they come, any other path with their text alone.
 *
 * A client that leaves aborts the request upstream. A refusal upstream is one here (`awaitFirst`), and what fails
 * later, a cut included, is a failure here.
 */
export const relay =
  (upstream: Pick<ChatService, 'baseUrl' | 'apiKey'>): Handler =>
  async (request) => {
    const message$ = fromEventSource(completionsOf(upstream), {
      method: 'POST',
      headers: { authorization: `Bearer ${upstream.apiKey}`, 'content-type': 'application/json' },
      body: await request.text(),
    }).pipe(endOn('[DONE]'));
    const options = { request, awaitFirst: true, mapError: () => 'The model failed.' } as const;

    return new URL(request.url).pathname === '/v1/chat/completions'
      ? toSseResponse(message$, { ...options, endMarker: '[DONE]' })
      : toChunkedResponse(message$.pipe(map(({ data }) => contentOf(data))), options);
  };
