import {
  EMPTY,
  catchError,
  concat,
  defer,
  exhaustMap,
  fromEvent,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  takeWhile,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { isHttpStatusError, isStreamTruncatedError } from 'rxjs-http-streams';
import type { Counts } from '../wire';
import { forget, keep, kept } from './asked';
import { element, mark, say } from './element';
import { enable } from './enable';
import { answerUrl, fromAnswer } from './fromAnswer';
import { formatCount } from './numbers';

/** States of an answer, from the question to the end. */
type Answer =
  | { readonly type: 'asked' }
  | { readonly type: 'word'; readonly word: string }
  | { readonly type: 'finished' | 'stopped' }
  | { readonly type: 'cut off' | 'refused'; readonly how: string };

/** Asks, shows words as they come, and tells how it ended. After a reload it goes on with the answer of before. */
export function chatPanel(counts$: Observable<Counts>): Observable<never> {
  const form = element('chat-form', HTMLFormElement);
  const question = element('question', HTMLInputElement);
  const retry = element('retry', HTMLButtonElement);
  const stop$ = fromEvent(element('stop', HTMLButtonElement), 'click');

  const before = kept();
  let asked = before ?? { id: '', text: 'What is an Observable over HTTP?' };
  question.value = asked.text;
  const ask = (): Observable<string> => {
    asked = keep({ id: crypto.randomUUID(), text: question.value });
    return fromAnswer(asked.id, asked.text);
  };

  const answer$ = merge(
    defer(() => {
      // The first visit asks by itself. A reload asks nothing: the server would generate, and bill, an answer that it
      // no longer holds once more.
      if (before === undefined) return of(ask());
      return before === null ? EMPTY : of(fromAnswer(before.id));
    }),
    fromEvent(form, 'submit').pipe(
      map((event) => {
        event.preventDefault();
        const { id } = asked;
        // The answer of before would be generated on, for a page that shows it no more.
        return merge(id === '' ? EMPTY : stopped(id), ask());
      }),
    ),
    fromEvent(retry, 'click').pipe(map(() => fromAnswer(asked.id, asked.text))),
  );

  return merge(
    answer$.pipe(
      switchMap((words$) => shown(words$, stop$)),
      tap(show),
    ),
    stop$.pipe(
      tap(forget),
      exhaustMap(() => stopped(asked.id)),
    ),
    fromEvent(element('cut-answer', HTMLButtonElement), 'click').pipe(
      exhaustMap(() => sent('answers/cut', 'POST')),
    ),
    counts$.pipe(tap(showCounts)),
  ).pipe(ignoreElements());
}

const sent = (url: string, method: string): Observable<never> =>
  fromFetch(url, { method }).pipe(
    ignoreElements(),
    catchError(() => EMPTY),
  );

/** Stops an answer on the server. */
const stopped = (id: string): Observable<never> => sent(answerUrl(id), 'DELETE');

/** Ends with the answer, its failure or Stop. */
const shown = (words$: Observable<string>, stop$: Observable<unknown>): Observable<Answer> =>
  merge(
    concat(
      of<Answer>({ type: 'asked' }),
      words$.pipe(map((word): Answer => ({ type: 'word', word }))),
      of<Answer>({ type: 'finished' }),
    ).pipe(catchError((error: unknown) => of(failure(error)))),
    stop$.pipe(map((): Answer => ({ type: 'stopped' }))),
  ).pipe(takeWhile(({ type }) => type === 'asked' || type === 'word', true));

function failure(error: unknown): Answer {
  if (isHttpStatusError(error) && error.status === 410) return { type: 'refused', how: 'held no longer' };
  if (isHttpStatusError(error)) return { type: 'refused', how: `refused with status ${error.status}` };
  if (isStreamTruncatedError(error)) return { type: 'cut off', how: 'cut off before [DONE]' };
  return { type: 'cut off', how: 'cut off: connection lost' };
}

function show(answer: Answer): void {
  const shown = element('answer', HTMLElement);
  const answering = answer.type === 'asked' || answer.type === 'word';
  if (answer.type === 'asked') shown.replaceChildren();
  // A node a word: a screen reader reads what is new, and not all of it again.
  if (answer.type === 'word') shown.append(answer.word);

  const failed = answer.type === 'cut off' || answer.type === 'refused';
  say('answer-state', answering ? 'answering' : failed ? answer.how : answer.type);
  mark('answer-state', answering ? 'wait' : failed ? 'bad' : answer.type === 'finished' ? 'good' : '');
  shown.dataset.end = answering ? 'open' : answer.type;
  enable({ stop: answering, 'cut-answer': answering, retry: failed }, element('ask', HTMLElement));
}

function showCounts({ questions, billed, words, answering }: Counts): void {
  say('questions-count', formatCount(questions));
  say('billed', formatCount(billed));
  say('words', formatCount(words));
  say('answering', formatCount(answering));
}
