import type { ResponseCreateParams, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { filter, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { durable, toSseResponse } from 'rxjs-http-streams';

/**
 * Serves responses of OpenAI. One with `background` goes on while its client is away: a GET of its id continues it
 * after the event `starting_after`, and a POST to `cancel` stops it.
 *
 * @param answer - Gives the events of a response with this id; the server numbers them.
 */
export function serveResponses(
  answer: (id: string, params: ResponseCreateParams) => Observable<ResponseStreamEvent>,
) {
  const answers = durable<{ type: string; data: ResponseStreamEvent }>();
  return async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const [, known = '', action] = /responses\/([^/]+)(\/cancel)?$/.exec(pathname) ?? [];
    if (action) void answers.stop(known);
    if (action) return Response.json({ id: known, object: 'response', status: 'cancelled' });
    if (known) {
      const after = Number(searchParams.get('starting_after') ?? -1);
      const event$ = answers
        .follow(known)()
        .pipe(filter(({ data }) => data.sequence_number > after));
      return toSseResponse(event$, { request, awaitFirst: true });
    }
    const params = (await request.json()) as ResponseCreateParams;
    const id = `resp_${crypto.randomUUID()}`;
    const event$ = answer(id, params).pipe(
      map((event, sequence_number) => ({ type: event.type, data: { ...event, sequence_number } })),
    );
    return toSseResponse(params.background ? answers.run(id, event$) : event$, { request });
  };
}
