/** Free slots tolerated at the front before the queue is compacted. */
const SLACK = 1024;

/** A first-in, first-out queue that takes constant time for each value, however long it is. `Array.shift` does not. */
export class Fifo<T> {
  protected values: (T | undefined)[] = [];
  protected head = 0;

  get size(): number {
    return this.values.length - this.head;
  }

  push(value: T): void {
    this.values.push(value);
  }

  /** Removes and returns the oldest value. The queue must not be empty. */
  shift(): T {
    const value = this.values[this.head] as T;
    // Clears the slot, so that the value can be garbage-collected.
    this.values[this.head++] = undefined;
    if (this.size === 0) {
      // V8 sets a length two to four times as slowly as it makes an array.
      this.values = [];
      this.head = 0;
    } else if (this.head > SLACK && this.head * 2 > this.values.length) {
      this.values = this.values.slice(this.head);
      this.head = 0;
    }
    return value;
  }

  /** Returns the value at a place, counted from the oldest. The place must be less than `size`. */
  at(place: number): T {
    return this.values[this.head + place] as T;
  }

  /** Returns the values from place `start` to before place `end`, counted from the oldest. */
  slice(start: number, end = this.size): T[] {
    return this.values.slice(this.head + start, this.head + end) as T[];
  }
}
