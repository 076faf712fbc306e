import { described } from './described';
import type { Diagram, Mark, Track } from './diagram';
import { columnsOf, timeline, widthOf } from './timeline';
import type { Timeline } from './timeline';

const ROW = 58;
const CODE_LINE = 20;
const CHARACTER = 7.3;
const NOTE_CHARACTER = 6.3;
const MARGIN = 8;

/** Escapes a text for HTML and SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const text = (kind: string, x: number, y: number, content: string): string =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}">${escaped(content)}</text>`;

const round = (n: number): number => Math.round(n * 10) / 10;

function drawnMark(mark: Mark, x: number, y: number, tone: string): string {
  switch (mark.kind) {
    case 'value': {
      const width = widthOf(mark) - 2;
      const shape = `<rect x="${round(x - width / 2)}" y="${y - 13}" width="${round(width)}" height="26" rx="13"/>`;
      return `<g class="marble ${tone}">${shape}${text('value', x, y + 4.5, mark.text)}</g>`;
    }
    case 'complete':
      return `<path class="end" d="M${round(x)} ${y - 12}v24"/>`;
    case 'error':
      return `<path class="cut" d="M${round(x - 7)} ${y - 7}l14 14m0-14l-14 14"/>`;
    case 'abort':
      return `<path class="abort" d="M${round(x)} ${y - 8}l8 8l-8 8l-8-8z"/>`;
  }
}

function drawnTrack(track: Track, y: number, time: Timeline, tone: string): string {
  const { name, start, marks, note } = track;
  const from = time.at(start);
  const last = marks.at(-1);
  const ended = last !== undefined && last.kind !== 'value';
  const to = ended ? time.at(last.frame) : time.end + 22;
  const arrow = ended ? '' : `<path class="line" d="M${round(to - 6)} ${y - 5}l6 5l-6 5"/>`;
  const drawn = [...columnsOf(marks)].flatMap(([frame, column]) => {
    const width = column.reduce((sum, mark) => sum + widthOf(mark), 0);
    let x = time.at(frame) - width / 2;
    return column.map((mark) => {
      const centre = x + widthOf(mark) / 2;
      x += widthOf(mark);
      return drawnMark(mark, centre, y, tone);
    });
  });
  return [
    text('name', MARGIN, y + 4.5, name),
    note === undefined ? '' : text('note', from, y - 20, note),
    `<path class="line" d="M${round(from)} ${y}H${round(to)}"/>`,
    start > 0 ? `<circle class="begin" cx="${round(from)}" cy="${y}" r="3"/>` : '',
    arrow,
    ...drawn,
  ].join('');
}

/**
 * Draws a diagram as an inline SVG, whose colours are variables of the page. Its description is in the SVG, so that a
 * screen reader reads it as one picture.
 */
export function toSvg(diagram: Diagram, id: string): string {
  const { title, inputs, code, outputs } = diagram;
  const tracks = [...inputs, ...outputs];
  const left = MARGIN + Math.max(...tracks.map(({ name }) => name.length)) * CHARACTER + 18;
  const time = timeline(tracks, left);
  const codeHeight = code.length * CODE_LINE + 16;
  const width = Math.ceil(
    Math.max(
      time.end + 34,
      MARGIN * 4 + Math.max(...code.map((line) => line.length)) * CHARACTER,
      ...tracks.map(({ start, note = '' }) => time.at(start) + note.length * NOTE_CHARACTER + MARGIN),
    ),
  );
  const top = time.breaks.length > 0 ? 22 : 4;
  const inputsEnd = top + inputs.length * ROW;
  const codeEnd = inputsEnd + codeHeight + 8;
  const height = codeEnd + outputs.length * ROW;
  const rowAt = (from: number, index: number): number => from + index * ROW + 34;

  const body = [
    ...time.breaks.flatMap(({ from, to, text: words }) => [
      `<rect class="pause" x="${round(from)}" y="${top}" width="${round(to - from)}" height="${height - top}"/>`,
      text('time', (from + to) / 2, top - 7, words),
    ]),
    ...inputs.map((track, index) => drawnTrack(track, rowAt(top, index), time, `tone${index % 3}`)),
    `<rect class="code" x="${MARGIN}" y="${inputsEnd + 4}" width="${width - 2 * MARGIN}" height="${codeHeight}" rx="6"/>`,
    ...code.map((line, index) =>
      text('code-line', MARGIN * 2, inputsEnd + 4 + 21 + index * CODE_LINE, line.replaceAll(' ', '\u00a0')),
    ),
    ...outputs.map((track, index) => drawnTrack(track, rowAt(codeEnd, index), time, 'tone-out')),
  ].join('');
  return (
    `<svg role="img" aria-labelledby="${id}-title ${id}-words" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">` +
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-words">${escaped(described(diagram))}</desc>` +
    `${body}</svg>`
  );
}
