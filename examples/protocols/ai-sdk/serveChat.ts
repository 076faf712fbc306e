import type { UIMessage, UIMessageChunk } from 'ai';
import { catchError, defer, finalize, map } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { durable, toSseResponse } from 'rxjs-http-streams';

/**
 * Serves the chats of `useChat`: a POST asks, and `GET <chat>/stream` gives the running answer from its start after a
 * reload. An answer goes on while its page is away, until a DELETE of the same path. A failure is a chunk, because
 * `useChat` takes a cut for a lost network.
 */
export function serveChat(answer: (messages: UIMessage[]) => ObservableInput<UIMessageChunk>) {
  const answers = durable();
  const running = new Map<string, string>();
  return async (request: Request): Promise<Response> => {
    const init = { request, endMarker: '[DONE]', headers: { 'x-vercel-ai-ui-message-stream': 'v1' } };
    if (request.method === 'POST') {
      const { id, messages } = (await request.json()) as { id: string; messages: UIMessage[] };
      const name = crypto.randomUUID();
      const chunk$ = defer(() => (running.set(id, name), answer(messages))).pipe(
        catchError(() => [{ type: 'error', errorText: 'An error occurred.' } as const]),
        finalize(() => running.get(id) === name && running.delete(id)),
      );
      return toSseResponse(answers.run(name, chunk$.pipe(map((data) => ({ data })))), init);
    }
    const name = running.get(decodeURIComponent(new URL(request.url).pathname.split('/').at(-2) ?? ''));
    if (name && request.method === 'GET') return toSseResponse(answers.follow(name), init);
    if (name && request.method === 'DELETE') void answers.stop(name);
    return new Response(null, { status: 204 });
  };
}
