import type { LifecycleEvent, SseMessage } from 'rxjs-http-streams';
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

/** All that is shown, at one moment. */
export interface Board {
  readonly state: 'connecting' | 'open' | 'reconnecting' | 'failed';
  /** Delay before the next connection, in milliseconds. */
  readonly wait: number;
  readonly connections: number;
  readonly ticks: number;
  /** Number of ticks that were skipped. */
  readonly missed: number;
  readonly lastId: number;
  readonly quotes: readonly Quote[];
}

export const EMPTY_BOARD: Board = {
  state: 'connecting',
  wait: 0,
  connections: 0,
  ticks: 0,
  missed: 0,
  lastId: 0,
  quotes: SHARES.map((symbol) => ({ symbol, price: undefined, change: 0, history: [] })),
};

const HISTORY = 40;

/** Reduces an event of the stream into the board. */
export function toBoard(board: Board, event: LifecycleEvent<SseMessage> | { type: 'failed' }): Board {
  switch (event.type) {
    case 'connecting':
      return { ...board, state: 'connecting' };
    case 'failed':
      return { ...board, state: 'failed' };
    case 'open':
      return { ...board, state: 'open', connections: board.connections + 1 };
    case 'reconnecting':
      return { ...board, state: 'reconnecting', wait: event.delay ?? 0 };
    case 'value':
      return withTick(board, Number(event.value.id), JSON.parse(event.value.data) as Tick);
    default:
      return board;
  }
}

function withTick(board: Board, id: number, { symbol, price }: Tick): Board {
  return {
    ...board,
    ticks: board.ticks + 1,
    missed: board.missed + (board.lastId ? id - board.lastId - 1 : 0),
    lastId: id,
    quotes: board.quotes.map((quote) => (quote.symbol === symbol ? withPrice(quote, price) : quote)),
  };
}

function withPrice(quote: Quote, price: number): Quote {
  const history = [...quote.history, price].slice(-HISTORY);
  return { ...quote, price, history, change: price / (history[0] ?? price) - 1 };
}
