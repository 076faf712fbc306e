import { Subject, defer, finalize, interval } from 'rxjs';
import type { Observable } from 'rxjs';
import { nodeHandler } from 'rxjs-http-streams/node';
import type { Model } from '../../../s5-chat/localModel';
import { bundle } from '../../../serving/bundle';
import type { Handler } from '../../../serving/handler';
import { listen } from '../../../serving/listen';
import { documents } from './documents';
import { memoryFeed } from './memoryFeed';
import { pageOf } from './pageOf';
import { site } from './site';
import { standIn } from './standIn';
import { visitor } from './visitor';
import { visitors } from './visitors';

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
    const feed = nodeHandler(memoryFeed(beat$, retry, closed$));
    const known = visitors(() => visitor({ model, feed, outage, retry, rowCount: rows, closed$ }));

    // Made once, and before somebody asks: the first stream of a page moves when its script is there, and the code that
    // the page shows is that of the script.
    const page = made('text/html', pageOf(site));
    const assets: Readonly<Record<string, Handler>> = {
      '/page.js': made('text/javascript', bundle(new URL('../page/page.ts', import.meta.url))),
      '/dashboard.css': made('text/css', bundle(new URL('../page/dashboard.css', import.meta.url))),
    };
    const listener = nodeHandler(async (request) => {
      const { pathname } = new URL(request.url);
      const cookies = request.headers.get('cookie');
      if (pathname.startsWith('/docs/')) return documents(request);
      if (pathname !== '/') return (assets[pathname] ?? known.of(cookies).handler)(request);
      const response = await page(request);
      response.headers.set('set-cookie', known.cookie(cookies));
      return response;
    });

    return listen((request, response) => {
      (request.url === '/feed' ? known.of(request.headers.cookie).feed : listener)(request, response);
    }).pipe(
      finalize(() => {
        closed$.next();
      }),
    );
  });
}

/** Serves a file that is being made. */
function made(type: string, body: Promise<string | Uint8Array<ArrayBuffer>>): Handler {
  // A failure is that of each request, and of no one before the first.
  body.catch(() => undefined);
  return async () => new Response(await body, { headers: { 'content-type': `${type}; charset=utf-8` } });
}
