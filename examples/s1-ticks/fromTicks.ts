import type { Observable } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';
import type { Tick } from './ticks';

/** The ticks of a server, with the life of their stream. */
export const fromTicks = (url: string, message: string): Observable<LifecycleEvent<Tick>> =>
  fromNdjsonFetch<Tick>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ message }),
    observe: 'lifecycle',
  });
