import { EMPTY, combineLatest, mergeMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { withPage } from '../serving/withPage';
import { cut } from './cut';
import { serveNumbers } from './serveNumbers';

const servers$ = combineLatest({
  feed: serveNumbers(),
  page: serve(withPage(new URL('.', import.meta.url))),
});

const client = ({ feed }: { feed: string }): Observable<unknown> =>
  fromEventSource(`${feed}/numbers`, { observe: 'lifecycle' }).pipe(
    mergeMap((event) => {
      if (event.type === 'reconnecting') console.log('cut, reconnecting …');
      if (event.type !== 'value') return EMPTY;
      console.log(`#${event.value.id}`, event.value.data);
      return [event.value];
    }),
    take(6),
    mergeMap(({ id }) => (id === '3' ? cut(feed) : EMPTY)),
  );

run(servers$, {
  page: ({ feed, page }) => `${page}/?feed=${encodeURIComponent(feed)}`,
  client,
});
