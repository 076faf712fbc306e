import type { Mark, Track } from './diagram';
import { duration } from './duration';

/** The width of a character in the font of the marbles. */
const CHARACTER = 7.3;
/** The longest time that is drawn to scale. Longer ones are a break in the lines, with the duration above it. */
const LONGEST = 8;
const MILLISECOND = 16;
const BREAK = 76;

/** The place of each frame on the horizontal axis. */
export interface Timeline {
  /** The centre of the column of a frame. */
  readonly at: (frame: number) => number;
  readonly end: number;
  readonly breaks: readonly { readonly from: number; readonly to: number; readonly text: string }[];
}

/** Returns the width that a mark takes on its line. */
export function widthOf({ kind, text }: Mark): number {
  return kind === 'value' ? Math.max(28, text.length * CHARACTER + 16) : 18;
}

/**
 * Returns the marks of a line that share a frame, in the order in which they happen.
 */
export function columnsOf(marks: readonly Mark[]): ReadonlyMap<number, readonly Mark[]> {
  const columns = new Map<number, Mark[]>();
  for (const mark of marks) columns.set(mark.frame, [...(columns.get(mark.frame) ?? []), mark]);
  return columns;
}

/**
 * Lays out the frames of all lines: short times to scale, as far as the texts leave room, and long ones as a break of
 * one width.
 */
export function timeline(tracks: readonly Track[], left: number): Timeline {
  const widths = new Map<number, number>([[0, 0]]);
  for (const { start, marks } of tracks) {
    widths.set(start, widths.get(start) ?? 0);
    for (const [frame, column] of columnsOf(marks)) {
      const width = column.reduce((sum, mark) => sum + widthOf(mark), 0);
      widths.set(frame, Math.max(widths.get(frame) ?? 0, width));
    }
  }
  const centres = new Map<number, number>();
  const breaks: { from: number; to: number; text: string }[] = [];
  let x = left;
  let before: number | undefined;
  for (const frame of [...widths.keys()].sort((a, b) => a - b)) {
    const half = (widths.get(frame) ?? 0) / 2;
    if (before !== undefined) {
      const gap = frame - before;
      if (gap > LONGEST) {
        breaks.push({ from: x + 6, to: x + BREAK - 6, text: duration(gap) });
        x += BREAK;
      } else {
        x += Math.max(8, gap * MILLISECOND - 12);
      }
    }
    centres.set(frame, x + half);
    x += 2 * half;
    before = frame;
  }
  return { at: (frame) => centres.get(frame) ?? left, end: x, breaks };
}
