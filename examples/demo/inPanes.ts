import { styleText } from 'node:util';
import logUpdate from 'log-update';
import { auditTime, finalize, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Report } from './report';

/** Shortest time between two drawings of the screen, in milliseconds. */
const FRAME = 50;
const MAX_LINES = 4;

/** Draws the reports, one pane each, over the ones before. */
export const inPanes = (): MonoTypeOperatorFunction<Report[]> => (reports$) =>
  reports$.pipe(
    auditTime(FRAME),
    tap((reports) => {
      // Some terminals say that they have no size.
      const columns = Math.max(process.stdout.columns || 80, 20);
      const rows = process.stdout.rows || 24;
      // A title and a gap go with the lines of each; the cursor takes the last row.
      const lines = Math.floor((rows - 1) / reports.length) - 2;
      logUpdate(
        reports.map((report) => pane(report, columns, Math.min(Math.max(lines, 1), MAX_LINES))).join('\n'),
      );
    }),
    finalize(() => {
      logUpdate.done();
    }),
  );

/** One pane, always as high and never wider than it may be. */
function pane({ title, about, state, text, ending }: Report, width: number, height: number): string {
  const name = title.padEnd(8);
  const room = width - name.length - 1;
  const shownState = cut(`● ${state}`, room);
  const shownAbout = cut(about, room - shownState.length - 2).padEnd(room - shownState.length);
  const body = wrap(text, width - 3).slice(-height);
  return [
    `${styleText('bold', name)} ${styleText('dim', shownAbout)}${styleText(colorOf(state, ending), shownState)}`,
    ...Array.from({ length: height }, (_, row) => `${styleText('dim', '│')} ${body[row] ?? ''}`),
    '',
  ].join('\n');
}

function colorOf(state: string, ending: Report['ending']): 'cyan' | 'green' | 'red' | 'yellow' {
  if (ending === undefined) return state === 'open' ? 'green' : 'yellow';
  return ending === 'completed' || ending === 'stopped by you' ? 'cyan' : 'red';
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** The lines of a text, broken at spaces where they are too long. */
function wrap(text: string, width: number): string[] {
  const line = new RegExp(`.{1,${width}}(?: |$)|.{1,${width}}`, 'gmu');
  return (text.match(line) ?? []).map((match) => match.trimEnd());
}
