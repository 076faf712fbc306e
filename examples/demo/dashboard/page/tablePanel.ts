import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  filter,
  finalize,
  fromEvent,
  ignoreElements,
  map,
  merge,
  of,
  startWith,
  switchMap,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { DAY_BYTES } from '../wire';
import type { Counts } from '../wire';
import { dayRow } from './dayRow';
import { element, mark, say } from './element';
import { enable } from './enable';
import { frames } from './frames';
import { loading } from './loading';
import { formatCount, formatMegabytes } from './numbers';
import { Tally } from './tally';

type Stage = 'loading' | 'paused' | 'all rows came' | 'cancelled' | 'cut off';
const TONES = {
  loading: 'wait',
  paused: '',
  'all rows came': 'good',
  cancelled: '',
  'cut off': 'bad',
} as const;

/** After how long without a row the server counts as standing still, in milliseconds. */
const STILL = 600;

/** Fills a table, as fast as it is let. */
export function tablePanel(counts$: Observable<Counts>): Observable<never> {
  const load = element('load', HTMLButtonElement);
  const hold = element('hold', HTMLButtonElement);
  const cancel = element('cancel', HTMLButtonElement);
  const held$ = new BehaviorSubject(false);
  let tally = new Tally();
  /** Number of rows that the server has made. It says nothing before this page has sent a request. */
  let made = 0;
  let asked = false;

  const show = (): void => {
    showTally(tally);
    showMade(made, tally.rows);
  };

  const table$ = defer(() => {
    tally = new Tally();
    made = 0;
    asked = true;
    held$.next(false);
    return merge(
      concat(
        loading(held$).pipe(
          tap((event) => {
            tally.add(event);
          }),
          ignoreElements(),
        ),
        of<Stage>('all rows came'),
      ).pipe(catchError(() => of<Stage>('cut off'))),
      held$.pipe(map((held): Stage => (held ? 'paused' : 'loading'))),
      fromEvent(cancel, 'click').pipe(map((): Stage => 'cancelled')),
      merge(frames(5).pipe(tap(show)), serverState(counts$)).pipe(ignoreElements()),
    ).pipe(takeWhile((stage) => stage === 'loading' || stage === 'paused', true));
  });

  return merge(
    fromEvent(load, 'click').pipe(
      switchMap(() => table$),
      tap((stage) => {
        showStage(stage, load);
        show();
      }),
    ),
    fromEvent(hold, 'click').pipe(
      tap(() => {
        held$.next(!held$.value);
      }),
    ),
    held$.pipe(
      tap((held) => {
        hold.setAttribute('aria-pressed', String(held));
      }),
    ),
    counts$.pipe(
      filter(() => asked),
      tap(({ rows }) => {
        made = rows;
        showMade(made, tally.rows);
      }),
    ),
  ).pipe(ignoreElements());
}

/** Tells whether the server makes rows or is held back. */
const serverState = (counts$: Observable<Counts>): Observable<string> =>
  counts$.pipe(
    map(({ rows }) => rows),
    distinctUntilChanged(),
    switchMap(() =>
      timer(STILL).pipe(
        map(() => 'stands still'),
        startWith('at work'),
      ),
    ),
    tap((state) => {
      say('server-state', state);
    }),
    finalize(() => {
      say('server-state', '');
    }),
  );

function showStage(stage: Stage, otherwise: HTMLElement): void {
  const active = stage === 'loading' || stage === 'paused';
  say('table-state', stage);
  mark('table-state', TONES[stage]);
  enable({ hold: active, cancel: active }, otherwise);
}

function showTally(tally: Tally): void {
  const loaded = element('loaded', HTMLProgressElement);
  loaded.max = tally.total || 1;
  loaded.value = tally.bytes;
  say(
    'bytes',
    tally.total === 0 ? '0 MB' : `${formatMegabytes(tally.bytes)} of ${formatMegabytes(tally.total)}`,
  );
  say('rows', formatCount(tally.rows));
  say('pace', formatCount(tally.pace()));
  element('days', HTMLTableSectionElement).replaceChildren(...tally.latest.map(dayRow));
}

function showMade(made: number, shown: number): void {
  const between = Math.max(0, made - shown);
  say('made', formatCount(made));
  say('between', `${formatCount(between)} rows, ${formatMegabytes(between * DAY_BYTES)}`);
}
