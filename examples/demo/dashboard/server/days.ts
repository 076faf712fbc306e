import type { Day } from '../wire';

const STATIONS = 'Bern Oslo Rome Kyiv Lima Cork Graz Bonn Nice Pisa Riga Gent Lyon Bari Faro Vigo'.split(' ');
/** Measurements a day. */
const TIMES = 144;
const DAY_MS = 86_400_000;
const FIRST_ID = 100_000;
/** The weather repeats itself after so many days: to make it up takes longer than to send it. */
const PERIOD = 32;

/**
 * Days of weather, made up one at a time when somebody asks for the next.
 *
 * @param onAsked Called with how many were asked for.
 */
export function* days(count: number, onAsked: (rows: number) => void): Generator<Day> {
  const today = Math.floor(Date.now() / DAY_MS);
  const weathers = STATIONS.map((_, place) =>
    Array.from({ length: PERIOD }, (_, day) => weather(place, day)),
  );
  for (let index = 0; index < count; index++) {
    onAsked(index + 1);
    const place = index % STATIONS.length;
    const ago = Math.floor(index / STATIONS.length) % 9_000;
    yield {
      id: FIRST_ID + index,
      station: STATIONS[place]!,
      date: new Date((today - ago) * DAY_MS).toISOString().slice(0, 10),
      decikelvins: weathers[place]![ago % PERIOD]!,
    };
  }
}

/** A night and a day, and fronts that pass. */
function weather(place: number, day: number): number[] {
  const mean = 2_850 + 60 * Math.cos(place * 2.4);
  const swing = 25 + 20 * Math.sin(day * 1.7 + place);
  return Array.from({ length: TIMES }, (_, time) => {
    const front =
      30 * Math.sin((day + time / TIMES) * 1.3 + place * 5) + 6 * Math.sin(time * 0.31 + day * place);
    return Math.round(mean - swing * Math.cos(((time - 18) / TIMES) * 2 * Math.PI) + front);
  });
}
