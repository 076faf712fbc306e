import type { MessageCreateParams, RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Reads a message of Anthropic, event by event. One that fails, or ends without `message_stop`, is an error. */
export const fromMessages = (
  baseUrl: string,
  params: MessageCreateParams,
  headers: Record<string, string>,
): Observable<RawMessageStreamEvent> =>
  fromEventSource(`${baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ ...params, stream: true }),
  }).pipe(
    map(({ type, data }) => {
      if (type === 'error') throw new Error(data);
      return JSON.parse(data) as RawMessageStreamEvent;
    }),
    endOn(({ type }) => type === 'message_stop', { inclusive: true }),
  );
