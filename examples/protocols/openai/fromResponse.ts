import type { ResponseCreateParams, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { defer, map, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import { postOnce } from '../posting/postOnce.js';
import { questionOf } from './questionOf.js';

const END = /^(error|response\.(completed|incomplete|failed|cancelled))$/;

/** Reads a response. One with `background` is continued after a cut, by its id and the number of its last event. */
export const fromResponse = (baseUrl: string, params: ResponseCreateParams, apiKey: string) =>
  defer((): Observable<ResponseStreamEvent> => {
    let [id, last] = ['', 0];
    const urlOf = () => `${baseUrl}/responses${id && `/${id}?stream=true&starting_after=${last}`}`;
    const request = postOnce(questionOf(params, apiKey), () => id !== '');
    return fromEventSource(() => [urlOf()], { reconnect: true, request }).pipe(
      map(({ data }) => JSON.parse(data) as ResponseStreamEvent),
      tap((event) => {
        if (event.type === 'response.created' && params.background) id = event.response.id;
        last = event.sequence_number;
      }),
      endOn(({ type }) => END.test(type), { inclusive: true }),
    );
  });
