import type { LifecycleEvent } from 'rxjs-http-streams';
import type { Day } from '../wire';

/** Number of rows that the page shows. */
const SHOWN = 20;
/** Over what time the pace is measured, in milliseconds. */
const SPAN = 1_000;

/** Totals of a table so far. The object changes in place: thousands of rows arrive between two frames. */
export class Tally {
  bytes = 0;
  total = 0;
  rows = 0;
  /** The last rows, the newest one first. */
  readonly latest: Day[] = [];

  readonly #marks: { readonly at: number; readonly rows: number }[] = [];

  add(event: LifecycleEvent<Day>): void {
    if (event.type === 'progress') {
      this.bytes = event.loaded;
      this.total = event.total ?? 0;
    } else if (event.type === 'value') {
      this.rows++;
      this.latest.unshift(event.value);
      if (this.latest.length > SHOWN) this.latest.pop();
    }
  }

  /** Rows a second, of late. */
  pace(): number {
    const at = performance.now();
    this.#marks.push({ at, rows: this.rows });
    while ((this.#marks[1]?.at ?? at) < at - SPAN) this.#marks.shift();
    const [first = { at, rows: 0 }] = this.#marks;
    return at === first.at ? 0 : Math.round(((this.rows - first.rows) / (at - first.at)) * 1_000);
  }
}
