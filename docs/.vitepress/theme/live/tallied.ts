/** Counts of the messages that a reader has received of a feed that numbers them from 0 on. */
export interface Tally {
  readonly received: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Counts holes and repetitions in the numbers that a reader has received. */
export function tallied(numbers: readonly number[]): Tally {
  const different = new Set(numbers);
  const [first = 0] = numbers;
  const last = numbers.at(-1) ?? -1;
  const span = numbers.length > 0 ? Math.max(last, ...numbers.slice(-50)) - first + 1 : 0;
  return {
    received: numbers.length,
    lost: Math.max(0, span - different.size),
    doubled: numbers.length - different.size,
  };
}
