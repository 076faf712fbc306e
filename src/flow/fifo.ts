/** How much room that is left behind is not worth moving the rest for. */
const SLACK = 1024;

/** A queue whose cost a value does not grow with its length, as that of `Array.shift` does. */
export class Fifo<T> {
  private values: (T | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.values.length - this.head;
  }

  push(value: T): void {
    this.values.push(value);
  }

  /** Takes the oldest; only while there is one. */
  shift(): T {
    const value = this.values[this.head] as T;
    // What has left must not be held.
    this.values[this.head++] = undefined;
    if (this.size === 0) {
      this.values.length = this.head = 0;
    } else if (this.head > SLACK && this.head * 2 > this.values.length) {
      this.values = this.values.slice(this.head);
      this.head = 0;
    }
    return value;
  }

  /** Takes the newest; only while there is one. */
  pop(): T {
    return this.values.pop() as T;
  }

  /** The one at a place, counted from the oldest; only where there is one. */
  at(place: number): T {
    return this.values[this.head + place] as T;
  }

  /** Those from a place on, counted from the oldest, up to and without another place. */
  slice(start: number, end = this.size): T[] {
    return this.values.slice(this.head + start, this.head + end) as T[];
  }

  /** Empties it, and gives what was in it. */
  clear(): T[] {
    const all = this.slice(0);
    this.values = [];
    this.head = 0;
    return all;
  }
}
