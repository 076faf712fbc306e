import { filter } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';

type Feed = (lastEventId?: string) => Observable<SseMessageInit & { readonly topic: string }>;

/** Answers a subscriber with the updates of its topics, by a source of `resumable` with `onGap: 'replay'`. */
export function serveHub(feed: Feed, request: Request): Response {
  const { searchParams } = new URL(request.url);
  const lastEventId = request.headers.get('last-event-id') ?? searchParams.get('lastEventID') ?? '';
  const topics = searchParams.getAll('topic');
  const update$ = feed(lastEventId).pipe(filter(({ topic }) => topics.includes(topic)));
  return toSseResponse(update$, { request, message: ({ id, type, data }) => ({ id, type, data }) });
}
