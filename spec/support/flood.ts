import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** A body that is written as fast as the client takes it. */
export interface Flood {
  /** Bytes so far. */
  readonly written: () => number;
  /** Settles once the client has not taken anything for a while, or has taken more than it should. */
  readonly heldBack: () => Promise<void>;
}

/** Size of all buffers of the sockets and streams between the two ends, at most. */
export const BUFFERS = 16 * 1024 * 1024;
/** More than every buffer between the two ends together; whoever takes this much is not held back. */
export const TOO_MUCH = 64 * 1024 * 1024;

/** Writes `count` pieces, the next whenever the connection has room for it, and ends the body. */
export function flood(response: ServerResponse, piece: (index: number) => string, count = Infinity): Flood {
  let index = 0;
  let written = 0;
  let waiting = false;
  const write = (): void => {
    waiting = false;
    while (index < count) {
      const text = piece(index++);
      written += Buffer.byteLength(text);
      if (!response.write(text)) {
        waiting = true;
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
  return {
    written: () => written,
    heldBack: async () => {
      // That nothing happens is no event: it takes looking more than once.
      for (let quiet = 0, before = -1; quiet < 4 && written < TOO_MUCH; before = written) {
        await setTimeout(50);
        quiet = waiting && written === before ? quiet + 1 : 0;
      }
    },
  };
}
