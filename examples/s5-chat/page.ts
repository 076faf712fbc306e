import {
  EMPTY,
  catchError,
  defer,
  endWith,
  exhaustMap,
  fromEvent,
  map,
  merge,
  of,
  scan,
  startWith,
  switchMap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { isHttpStatusError, isStreamTruncatedError } from 'rxjs-http-streams';
import { fromKept } from './fromKept';

/** The visible part of an answer. */
interface View {
  readonly text: string;
  readonly state: string;
}

const ANSWERING = 'answering …';
const form = document.forms[0]!;
const { question, ask, stop } = form.elements as unknown as {
  question: HTMLInputElement;
  ask: HTMLButtonElement;
  stop: HTMLButtonElement;
};

/** Address of the answer that the page shows. Its id is in the address of the page, which a reload keeps. */
const answerUrl = (): string => new URL(`answers/${location.hash.slice(1)}`, location.origin).href;

/** Ends with the answer, or its failure. */
const answerTo = (text?: string): Observable<View> =>
  fromKept(answerUrl(), text).pipe(
    map((piece) => ({ text: piece, state: ANSWERING })),
    endWith({ text: '', state: 'finished' }),
    catchError((error: unknown) => of({ text: '', state: failure(error) })),
    startWith({ text: '', state: ANSWERING }),
    scan((shown, { text, state }) => ({ text: shown.text + text, state })),
  );

function failure(error: unknown): string {
  if (isStreamTruncatedError(error)) return 'stopped by you';
  if (!isHttpStatusError(error)) return `cut off: ${String(error)}`;
  if (error.status === 410) return 'the server has let go of this answer, ask again';
  const later = error.retryAfter === undefined ? '' : `, try again in ${error.retryAfter / 1_000} s`;
  return `refused with status ${error.status}${later}`;
}

const asked$ = fromEvent(form, 'submit').pipe(
  map((event) => {
    event.preventDefault();
    history.replaceState(null, '', `#${crypto.randomUUID()}`);
    return question.value;
  }),
);
const reloaded$ = defer(() => (location.hash ? of(undefined) : EMPTY));

merge(reloaded$, asked$)
  .pipe(switchMap(answerTo))
  .subscribe(({ text, state }) => {
    document.getElementById('answer')!.textContent = text;
    const output = document.getElementById('state')!;
    output.textContent = state;
    output.classList.toggle('bad', /^(cut off|refused)/.test(state));
    ask.disabled = state === ANSWERING;
    stop.disabled = !ask.disabled;
  });

// The page goes on listening: the server ends the answer.
fromEvent(stop, 'click')
  .pipe(exhaustMap(() => fromFetch(answerUrl(), { method: 'DELETE' }).pipe(catchError(() => EMPTY))))
  .subscribe();
