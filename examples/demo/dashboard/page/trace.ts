import type { Joined, Point } from '../wire';

/** A time without a connection, in seconds by the clock of the server; open while it lasts. */
export interface Absence {
  readonly from: number;
  to: number;
}

/** The last seconds of a feed for the chart, and the totals of the whole feed. */
export class Trace {
  /** Times at which the points were measured, in seconds. */
  readonly times: number[] = [];
  /** The value of each point that came live. */
  readonly live: (number | null)[] = [];
  /** The value of each that came late, after a reconnection, and of its neighbours, which the line has to meet. */
  readonly replayed: (number | null)[] = [];
  readonly absences: Absence[] = [];
  /** The last return: after how many seconds, and how many points were resent before it. */
  returned: { readonly after: number; readonly replayed: number } | undefined;
  readonly counted = { points: 0, replayed: 0, lost: 0, doubled: 0 };

  #last = 0;
  #newest = 0;
  #wasLate = false;
  /** Lead of the server's clock over this one, in milliseconds. */
  #ahead = 0;

  /** @param seconds How much is kept. */
  constructor(readonly seconds: number) {}

  /** The time by the clock of the server, in seconds. */
  now(): number {
    return (Date.now() + this.#ahead) / 1_000;
  }

  join({ newest, at }: Joined): void {
    this.#newest = newest;
    this.#ahead = at - Date.now();
    const absence = this.absences.at(-1);
    if (absence?.to !== Infinity) return;
    absence.to = this.now();
    this.returned = { after: absence.to - absence.from, replayed: this.counted.replayed };
  }

  leave(): void {
    if (this.times.length > 0 && this.absences.at(-1)?.to !== Infinity) {
      this.absences.push({ from: this.now(), to: Infinity });
      this.returned = undefined;
    }
  }

  add({ n, at, megabytes }: Point): void {
    if (n <= this.#last) {
      this.counted.doubled++;
      return;
    }
    if (this.#last > 0) this.counted.lost += n - this.#last - 1;
    this.#last = n;
    this.counted.points++;
    const isLate = n <= this.#newest;
    if (isLate) this.counted.replayed++;

    const before = this.times.length - 1;
    if (isLate && before >= 0) this.replayed[before] = this.live[before] ?? this.replayed[before] ?? null;
    this.times.push(at / 1_000);
    this.live.push(isLate ? null : megabytes);
    this.replayed.push(isLate || this.#wasLate ? megabytes : null);
    this.#wasLate = isLate;
    this.#forget();
  }

  /** Drops what is too old to be seen, but for one point, from which the line comes in. */
  #forget(): void {
    const start = this.now() - this.seconds;
    while ((this.times[1] ?? Infinity) < start) {
      this.times.shift();
      this.live.shift();
      this.replayed.shift();
    }
    while ((this.absences[0]?.to ?? Infinity) < start) this.absences.shift();
  }
}
