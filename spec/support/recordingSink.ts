import type { Sink } from '../../src/protocol/sink';

/** A sink that keeps what it was given. */
export interface RecordingSink<T> extends Sink<T> {
  readonly values: readonly T[];
}

/** @param room How many values are taken before the sink closes, as a consumer that leaves inside `next`. */
export function recordingSink<T>(room = Infinity): RecordingSink<T> {
  const values: T[] = [];
  return {
    values,
    get closed() {
      return values.length >= room;
    },
    next(value) {
      values.push(value);
    },
  };
}
