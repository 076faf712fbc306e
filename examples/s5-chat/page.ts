import { catchError, endWith, fromEvent, map, merge, of, scan, startWith, switchMap, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError } from 'rxjs-http-streams';
import { fromChat } from './fromChat';

/** What is to be seen of an answer. */
interface View {
  readonly text: string;
  readonly state: string;
}

const ANSWERING = 'answering …';
const service = {
  baseUrl: new URL('v1', location.origin).href,
  apiKey: 'page',
  model: new URLSearchParams(location.search).get('model') ?? '',
};
const form = document.forms[0]!;
const { question, ask, stop } = form.elements as unknown as {
  question: HTMLInputElement;
  ask: HTMLButtonElement;
  stop: HTMLButtonElement;
};

/** Ends with the answer, its failure or a click on Stop, which unsubscribes from the answer and so aborts the request. */
const answerTo = (text: string): Observable<View> =>
  merge(
    fromChat(service, text).pipe(
      map((piece) => ({ text: piece, state: ANSWERING })),
      endWith({ text: '', state: 'finished' }),
      catchError((error: unknown) => of({ text: '', state: failure(error) })),
    ),
    fromEvent(stop, 'click').pipe(map(() => ({ text: '', state: 'stopped by you' }))),
  ).pipe(
    takeWhile(({ state }) => state === ANSWERING, true),
    startWith({ text: '', state: ANSWERING }),
    scan((shown, { text, state }) => ({ text: shown.text + text, state })),
  );

function failure(error: unknown): string {
  if (!isHttpStatusError(error)) return `cut off: ${String(error)}`;
  const later = error.retryAfter === undefined ? '' : `, try again in ${error.retryAfter / 1_000} s`;
  return `refused with status ${error.status}${later}`;
}

fromEvent(form, 'submit')
  .pipe(
    switchMap((event) => {
      event.preventDefault();
      return answerTo(question.value);
    }),
  )
  .subscribe(({ text, state }) => {
    document.getElementById('answer')!.textContent = text;
    const output = document.getElementById('state')!;
    output.textContent = state;
    output.classList.toggle('bad', /^(cut off|refused)/.test(state));
    ask.disabled = state === ANSWERING;
    stop.disabled = !ask.disabled;
  });
