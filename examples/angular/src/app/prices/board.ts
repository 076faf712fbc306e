import { SHARES } from './shares';
import type { Tick } from './shares';

/** A share as it is shown. */
export interface Quote {
  readonly symbol: string;
  readonly price: number | undefined;
  /** Since the first price that was seen, as a fraction. */
  readonly change: number;
  /** The last prices, oldest first. */
  readonly history: readonly number[];
}

/** All prices that are shown, at one moment. */
export interface Board {
  readonly ticks: number;
  /** Number of ticks that were skipped. */
  readonly missed: number;
  readonly lastId: number;
  readonly quotes: readonly Quote[];
}

export const EMPTY_BOARD: Board = {
  ticks: 0,
  missed: 0,
  lastId: 0,
  quotes: SHARES.map((symbol) => ({ symbol, price: undefined, change: 0, history: [] })),
};

const HISTORY = 40;

/** Adds a message of the stream to the board. */
export function withTick(
  { ticks, missed, lastId, quotes }: Board,
  { id, data: { symbol, price } }: { readonly id: string; readonly data: Tick },
): Board {
  return {
    ticks: ticks + 1,
    missed: missed + (lastId ? Number(id) - lastId - 1 : 0),
    lastId: Number(id),
    quotes: quotes.map((quote) => (quote.symbol === symbol ? withPrice(quote, price) : quote)),
  };
}

function withPrice(quote: Quote, price: number): Quote {
  const history = [...quote.history, price].slice(-HISTORY);
  return { ...quote, price, history, change: price / (history[0] ?? price) - 1 };
}
