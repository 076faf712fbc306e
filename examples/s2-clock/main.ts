import { take, tap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { withPage } from '../serving/withPage';
import { clock } from './clock';

run(serve(withPage(new URL('.', import.meta.url), clock())), {
  page: (origin) => origin,
  client: (origin) =>
    fromEventSource(`${origin}/clock`).pipe(
      tap(({ data }) => {
        console.log(data);
      }),
      take(5),
    ),
});
