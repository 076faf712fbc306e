import { filter, map, pipe } from 'rxjs';
import type { Reading } from './reading';

/** A reading of a warm day. */
export interface WarmReading {
  id: number;
  station: string;
  fahrenheit: number;
}

/** From all readings to those above 20 °C. Any operator that takes rows as they come will do here. */
export const warm = pipe(
  filter((reading: Reading): reading is Reading & { celsius: number } => (reading.celsius ?? 0) > 20),
  map(({ id, station, celsius }): WarmReading => ({
    id,
    station,
    fahrenheit: Math.round((celsius * 9) / 5 + 32),
  })),
);
