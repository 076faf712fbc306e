import { interval, map, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import type { LifecycleEvent, SseMessage } from 'rxjs-http-streams';
import { pageNetwork } from './pageNetwork';
import type { PageNetwork } from './pageNetwork';

/** The server, the network and the reader of the page about resuming. */
export interface FeedWatch {
  readonly network: PageNetwork;
  readonly events: Observable<LifecycleEvent<SseMessage>>;
}

/**
 * Starts a feed that numbers its messages, and a reader of it. The feed goes on without a reader, until the page is
 * left.
 *
 * @param made - Is told each number when the server makes it.
 */
export function feedWatch(left$: Observable<unknown>, made: (n: number) => void): FeedWatch {
  const feed = resumable(
    interval(400).pipe(
      map((n) => {
        made(n);
        return { data: { n } };
      }),
      takeUntil(left$),
    ),
    { bufferSize: 1_000, resetOnRefCountZero: false },
  );
  const network = pageNetwork((request) => toSseResponse(feed, { request, retry: 1_000 }));
  return {
    network,
    events: fromEventSource('/feed', {
      fetch: network.fetch,
      observe: 'lifecycle',
      reconnect: { maxDelay: 4_000 },
    }),
  };
}
