import { parseArgs } from 'node:util';
import { ReplaySubject, lastValueFrom, of, switchMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { chat as chatServer } from '../s5-chat/chat';
import { cutAnywhere } from '../s5-chat/cutAnywhere';
import { localModel } from '../s5-chat/localModel';
import { serve } from '../serving/serve';
import { fromChat } from './fromChat';
import { fromUrl } from './fromUrl';
import { print } from './print';
import { tour } from './tour';
import { watch } from './watch';
import { withDashboard } from './withDashboard';

const USAGE = `npm run demo                      five streams from local servers, side by side, and a page of three more
npm run demo -- --no-browser      without the page
npm run demo -- --page            the page alone, until Ctrl-C
npm run demo -- <url>             the stream at a URL
npm run demo -- --chat "<text>"   the answer of a chat model: OPENAI_BASE_URL, OPENAI_API_KEY and
                                  OPENAI_MODEL say which, a local server answers without them`;

// Listened to until the very end: npm and tsx pass Ctrl-C on, so that it comes more than once.
const interrupted$ = new ReplaySubject<void>(1);
process.on('SIGINT', () => {
  interrupted$.next();
});

/** The command that the arguments ask for, as an Observable of the exit code. */
function command(): Observable<number> | undefined {
  const {
    values: { chat, help, page, 'no-browser': noBrowser },
    positionals: [url],
  } = parseArgs({
    allowPositionals: true,
    options: {
      chat: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      page: { type: 'boolean' },
      'no-browser': { type: 'boolean' },
    },
  });
  if (help) return undefined;
  if (chat !== undefined) return ask(chat);
  if (url !== undefined) return watch(fromUrl(url), interrupted$).pipe(print());
  // As shells have it after Ctrl-C.
  if (page) return withDashboard(of(130), interrupted$);
  const tour$ = tour(interrupted$);
  // Logs have nobody who would open a page, and must come to an end.
  if (noBrowser || process.env.CI) return tour$;
  return withDashboard(tour$, process.stdout.isTTY ? interrupted$ : undefined);
}

function ask(question: string): Observable<number> {
  const { OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL = 'gpt-4o-mini' } = process.env;
  const answer = (baseUrl: string, apiKey: string): Observable<number> =>
    watch(fromChat({ baseUrl, apiKey, model: OPENAI_MODEL }, question), interrupted$).pipe(print());

  return OPENAI_BASE_URL || OPENAI_API_KEY
    ? answer(OPENAI_BASE_URL || 'https://api.openai.com/v1', OPENAI_API_KEY || 'none')
    : serve(cutAnywhere(chatServer({ model: localModel(60) }))).pipe(
        switchMap((origin) => answer(`${origin}/v1`, 'demo')),
        take(1),
      );
}

try {
  const exitCode$ = command();
  if (exitCode$) process.exitCode = await lastValueFrom(exitCode$);
  else console.log(USAGE);
} catch (error) {
  console.error(`${String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
