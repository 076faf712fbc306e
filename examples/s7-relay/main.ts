import { concat, finalize, switchMap, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch } from 'rxjs-http-streams';
import { chat } from '../s5-chat/chat';
import { questionTo } from '../s5-chat/chatService';
import { fromChat } from '../s5-chat/fromChat';
import { speak } from '../s5-chat/localModel';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { relay } from './relay';

const WORDS = 'What I say goes through a relay, word by word, and I stop when its client leaves.';

const upstream = chat({
  model: () =>
    speak(WORDS).pipe(
      finalize(() => {
        console.log('\n[upstream has stopped]');
      }),
    ),
});

const relay$ = serve(upstream).pipe(
  switchMap((origin) => serve(relay({ baseUrl: `${origin}/v1`, apiKey: 'secret' }))),
);

const printed = (text$: Observable<string>): Observable<string> =>
  text$.pipe(tap((text) => process.stdout.write(text)));

run(relay$, {
  client: (origin) => {
    const service = { baseUrl: `${origin}/v1`, apiKey: 'none', model: 'example' };
    return concat(
      printed(fromChunkedFetch(`${origin}/text`, questionTo(service, 'As text?'))),
      // Left after ten words.
      printed(fromChat(service, 'As events?')).pipe(take(10)),
    );
  },
});
