import { filter, interval, map, mergeMap, share, startWith } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';
import { SHARES } from '../app/prices/shares';
import type { Tick } from '../app/prices/shares';

const prices = new Map(SHARES.map((symbol, index) => [symbol, 40 + 35 * index]));
let ids = 0;

/** A step that looks like one of a market, and never ends below zero. */
function step(symbol: string): Tick {
  const price = (prices.get(symbol) ?? 0) * (1 + (Math.random() - 0.495) / 100);
  prices.set(symbol, price);
  return { symbol, price };
}

const tick$ = interval(100).pipe(
  mergeMap(() => SHARES.filter(() => Math.random() < 0.5)),
  map(step),
  share(),
);

/** Every change of every share, numbered. */
export const market$: Observable<SseMessageInit> = tick$.pipe(
  map((tick) => ({ id: String(++ids), type: 'tick', data: tick })),
);

/** The price of one share, now and whenever it changes. */
export const priceOf = (symbol: string): Observable<SseMessageInit> =>
  tick$.pipe(
    filter((tick) => tick.symbol === symbol),
    startWith({ symbol, price: prices.get(symbol) ?? 0 }),
    map((tick) => ({ type: 'tick', data: tick })),
  );
