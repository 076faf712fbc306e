import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit, SseMessage } from 'rxjs-http-streams';

/** Reads the updates of topics from a hub. `lastEventId: 'earliest'` asks for all that the hub has. */
export function fromHub(
  hub: string,
  topics: readonly string[],
  init: EventSourceFetchInit = {},
): Observable<SseMessage> {
  const url = new URL(hub);
  for (const topic of topics) url.searchParams.append('topic', topic);
  return fromEventSource(url, { lastEventIdParam: 'lastEventID', ...init });
}
