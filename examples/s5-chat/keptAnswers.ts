import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { durable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import type { Handler } from '../serving/handler';

/**
 * Answers that are given on while their page reloads, each under an
 * id that the page makes: `POST /answers/<id>` asks, GET reads the
 * answer (again), DELETE stops it. The last message has the type
 * `done`: an answer without it was stopped.
 *
 * @param ask Gives the words of an answer.
 * @param handler Everything else.
 */
export function keptAnswers(
  ask: (question: string, origin: string) => Observable<string>,
  handler: Handler,
): Handler {
  const answers = durable();
  const options = { awaitFirst: true, retry: 1_000 } as const;

  return async (request) => {
    const { origin, pathname } = new URL(request.url);
    const id = /^\/answers\/([\w-]+)$/.exec(pathname)?.[1];
    if (id === undefined) return handler(request);
    switch (request.method) {
      case 'POST': {
        const question = await request.text();
        const message$ = concat(
          ask(question, origin).pipe(map((data): SseMessageInit => ({ data }))),
          of({ type: 'done', data: '[DONE]' }),
        );
        return toSseResponse(answers.run(id, message$), { ...options, request });
      }
      case 'DELETE':
        void answers.stop(id);
        return new Response(null, { status: 204 });
      default:
        return toSseResponse(answers.follow(id), { ...options, request });
    }
  };
}
