/** One measurement of a weather station. */
export interface Reading {
  id: number;
  station: string;
  /** Unset where the sensor failed. */
  celsius: number | null;
  note: string;
}

/** As many readings, made when they are asked for. */
export function* readings(count: number): Generator<Reading> {
  for (let id = 0; id < count; id++) {
    yield {
      id,
      station: `station-${id % 97}`,
      celsius: id % 50 === 0 ? null : ((id * 7919) % 600) / 10 - 20,
      note: 'dry and clear, wind from the west, '.repeat(4),
    };
  }
}

/** About how long one is as a line of NDJSON, in bytes. */
export const READING_SIZE = 210;
