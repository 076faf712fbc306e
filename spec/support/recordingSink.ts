import type { Sink } from '../../src/protocol/decoder';

/** A sink that keeps what it was given. */
export interface RecordingSink<T> extends Sink<T> {
  readonly values: readonly T[];
  readonly completed: boolean;
}

/** @param room How many values are taken before the sink closes, as a consumer that leaves inside `next`. */
export function recordingSink<T>(room = Infinity): RecordingSink<T> {
  const values: T[] = [];
  let completed = false;
  return {
    values,
    get completed() {
      return completed;
    },
    get closed() {
      return completed || values.length >= room;
    },
    complete() {
      completed = true;
    },
    next(value) {
      values.push(value);
    },
  };
}
