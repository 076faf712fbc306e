import { Subject, defer, distinctUntilChanged, finalize, interval, map, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { keptAnswers } from '../../../s5-chat/keptAnswers';
import type { Model } from '../../../s5-chat/localModel';
import { bundle } from '../../../serving/bundle';
import type { Handler } from '../../../serving/handler';
import { listen } from '../../../serving/listen';
import { withPage } from '../../../serving/withPage';
import { DAY_BYTES } from '../wire';
import type { Counts } from '../wire';
import { billed } from './billed';
import { cuttable } from './cuttable';
import { days } from './days';
import { endingAt } from './endingAt';
import { memoryFeed } from './memoryFeed';
import { standIn } from './standIn';

export interface DashboardConfig {
  /** Gives the answers. Unsubscribed when it is stopped, and not when its client leaves. */
  model?: Model | undefined;
  /** Emits when the feed has a point. */
  beat$?: Observable<unknown> | undefined;
  /** Length of an outage, in milliseconds. */
  outage?: number | undefined;
  /** Reconnection time of the clients of the feed, in milliseconds. */
  retry?: number | undefined;
  /** Number of rows. */
  rows?: number | undefined;
}

const notFound: Handler = () => new Response('Not found.\n', { status: 404 });

/** Interval at which the server sends its counts to the page, in milliseconds. */
const COUNTED = 150;

/** Serves the dashboard: emits its origin; unsubscribing closes it. */
export function serveDashboard({
  model = standIn(),
  beat$ = interval(100),
  outage = 5_000,
  retry = 2_000,
  rows = 400_000,
}: DashboardConfig = {}): Observable<string> {
  return defer(() => {
    const closed$ = new Subject<void>();
    const cutAnswer$ = new Subject<void>();
    const counts = { questions: 0, billed: 0, words: 0, answering: 0, rows: 0 };

    const answers = keptAnswers(billed(model, counts), notFound);
    const answer = endingAt(cutAnswer$, (request) => {
      if (request.method !== 'DELETE') counts.questions++;
      return answers(request);
    });
    const table: Handler = (request) => {
      counts.rows = 0;
      return toNdjsonResponse(
        // A generator is pulled: it makes a row when there is room for one on the way to the page.
        days(rows, (asked) => (counts.rows = asked)),
        { request, headers: { 'content-length': String(rows * DAY_BYTES) } },
      );
    };
    const counted: Handler = (request) =>
      toSseResponse(
        interval(COUNTED).pipe(
          map((): Counts => ({ ...counts, down: network.isDown() })),
          distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
          map((data) => ({ type: 'counts', data })),
          takeUntil(closed$),
        ),
        { request, retry },
      );

    const network = cuttable(nodeHandler(memoryFeed(beat$, retry, closed$)));
    const routes: Readonly<Record<string, Handler>> = {
      'GET /dashboard.css': async () =>
        new Response(await bundle(new URL('../page/dashboard.css', import.meta.url)), {
          headers: { 'content-type': 'text/css; charset=utf-8' },
        }),
      'GET /counts': counted,
      'GET /days': table,
      'POST /answers/cut': () => {
        cutAnswer$.next();
        return new Response(null, { status: 204 });
      },
      'POST /feed/cut': () => {
        network.cut(outage);
        return new Response(null, { status: 204 });
      },
    };
    const listener = nodeHandler(
      withPage(new URL('../page/', import.meta.url), (request) => {
        const route = routes[`${request.method} ${new URL(request.url).pathname}`];
        return (route ?? answer)(request);
      }),
    );

    return listen((request, response) => {
      (request.url === '/feed' ? network.listener : listener)(request, response);
    }).pipe(
      finalize(() => {
        closed$.next();
      }),
    );
  });
}
