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

/** Counts of the messages that a reader has received of a feed that numbers them from 0 on. */
export interface Tally {
  readonly received: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Counts holes and repetitions in the numbers that a reader has received. */
export function tallied(numbers: readonly number[]): Tally {
  const different = new Set(numbers);
  const [first = 0] = numbers;
  const last = numbers.at(-1) ?? -1;
  const span = numbers.length > 0 ? Math.max(last, ...numbers.slice(-50)) - first + 1 : 0;
  return {
    received: numbers.length,
    lost: Math.max(0, span - different.size),
    doubled: numbers.length - different.size,
  };
}
