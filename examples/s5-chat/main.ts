import { EMPTY, catchError, concat, defer, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError } from 'rxjs-http-streams';
import { relay } from '../s7-relay/relay';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { withPage } from '../serving/withPage';
import { chat } from './chat';
import { cutAnywhere } from './cutAnywhere';
import { fromChat } from './fromChat';
import { keptAnswers } from './keptAnswers';
import { localModel } from './localModel';

const { OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL = 'gpt-4o-mini' } = process.env;

const ask = (question: string, origin: string): Observable<string> =>
  fromChat({ baseUrl: `${origin}/v1`, apiKey: 'example', model: OPENAI_MODEL }, question);

// The page talks to its own origin: the key of a real service stays here.
const service =
  OPENAI_BASE_URL || OPENAI_API_KEY
    ? relay({ baseUrl: OPENAI_BASE_URL || 'https://api.openai.com/v1', apiKey: OPENAI_API_KEY || 'none' })
    : cutAnywhere(chat({ model: localModel(60) }));

const answers = keptAnswers(ask, service);

run(serve(withPage(new URL('.', import.meta.url), answers)), {
  page: (origin) => origin,
  client: (origin) => {
    const show = (question: string, words = Infinity): Observable<unknown> =>
      defer(() => {
        console.log(`> ${question}`);
        return ask(question, origin);
      }).pipe(
        tap({
          next: (text) => process.stdout.write(text),
          complete: () => {
            console.log('\n[finished]\n');
          },
          error: (error: unknown) => {
            console.log(`\n[${isHttpStatusError(error) ? 'refused' : 'cut off'}: ${String(error)}]\n`);
          },
          unsubscribe: () => {
            console.log('\n[stopped]\n');
          },
        }),
        catchError(() => EMPTY),
        take(words),
      );
    return concat(
      show('What if I stop you?', 10),
      show('What if the line is cut?'),
      show('What is an Observable over HTTP?'),
    );
  },
});
