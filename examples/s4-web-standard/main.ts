import { take, tap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import server from './handler';

run(serve(server.fetch), {
  client: (origin) =>
    fromEventSource(origin).pipe(
      tap(({ data }) => {
        console.log(data);
      }),
      take(5),
    ),
});
