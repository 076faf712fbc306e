import type { RequestListener } from 'node:http';
import { Subject, distinctUntilChanged, interval, map, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { keptAnswers } from '../../../s5-chat/keptAnswers';
import type { Model } from '../../../s5-chat/localModel';
import type { Handler } from '../../../serving/handler';
import type { Counts } from '../wire';
import { billed } from './billed';
import { cuttable } from './cuttable';
import { endingAt } from './endingAt';
import { rows } from './rows';

/** A visitor of the page, whose counts, answers and network no other visitor shares. */
export interface Visitor {
  /** The feed, over a network that this visitor can cut. */
  readonly feed: RequestListener;
  readonly handler: Handler;
}

export interface VisitorConfig {
  readonly model: Model;
  readonly feed: RequestListener;
  readonly outage: number;
  readonly retry: number;
  readonly rowCount: number;
  /** Ends the streams that never complete. */
  readonly closed$: Observable<unknown>;
}

/** Interval at which the server sends its counts to the page, in milliseconds. */
const COUNTED = 150;

const notFound: Handler = () => new Response('Not found.\n', { status: 404 });
const done = (): Response => new Response(null, { status: 204 });

/** Makes the routes of one visitor. */
export function visitor({ model, feed, outage, retry, rowCount, closed$ }: VisitorConfig): Visitor {
  const cutAnswer$ = new Subject<void>();
  const counts = { questions: 0, billed: 0, words: 0, answering: 0, rows: 0 };
  const network = cuttable(feed);

  const answers = keptAnswers(billed(model, counts), notFound);
  const answer = endingAt(cutAnswer$, (request) => {
    if (request.method !== 'DELETE') counts.questions++;
    return answers(request);
  });
  const table = rows(rowCount, (asked) => (counts.rows = asked));

  const routes: Readonly<Record<string, Handler>> = {
    'GET /counts': (request) =>
      toSseResponse(
        interval(COUNTED).pipe(
          map((): Counts => ({ ...counts, down: network.isDown() })),
          distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
          map((data) => ({ type: 'counts', data })),
          takeUntil(closed$),
        ),
        { request, retry },
      ),
    'GET /days': (request) => {
      counts.rows = 0;
      return table(request);
    },
    'POST /answers/cut': () => {
      cutAnswer$.next();
      return done();
    },
    'POST /feed/cut': () => {
      network.cut(outage);
      return done();
    },
  };
  return {
    feed: network.listener,
    handler: (request) => {
      const route = routes[`${request.method} ${new URL(request.url).pathname}`];
      return (route ?? answer)(request);
    },
  };
}
