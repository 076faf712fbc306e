import { setTimeout } from 'node:timers/promises';
import { TOO_MUCH } from './flood';

/** Text without an end that is made when it is asked for. */
export interface PulledFlood {
  readonly source: AsyncIterable<string>;
  /** Bytes so far. */
  readonly pulled: () => number;
  /** Settles once it has not been asked for a while, or has been asked for more than any buffer takes. */
  readonly heldBack: () => Promise<void>;
  /** Settles when whoever asked has left. */
  readonly left: Promise<void>;
}

export function pulledFlood(): PulledFlood {
  const piece = `${JSON.stringify('x'.repeat(16 * 1024))}\n`;
  let pulled = 0;
  let leave: () => void;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  async function* pieces(): AsyncGenerator<string> {
    try {
      while (pulled < TOO_MUCH) {
        pulled += piece.length;
        yield piece;
        // As whoever reads from a file or a database does: not everything is there at once.
        await Promise.resolve();
      }
    } finally {
      leave();
    }
  }
  return {
    source: pieces(),
    pulled: () => pulled,
    left,
    heldBack: async () => {
      // That nothing happens is no event: it takes looking more than once.
      for (let quiet = 0, before = -1; quiet < 4 && pulled < TOO_MUCH; before = pulled) {
        await setTimeout(50);
        quiet = pulled > 0 && pulled === before ? quiet + 1 : 0;
      }
    },
  };
}
