import { Observable } from 'rxjs';
import type { LogEnd } from 'rxjs-http-streams';
import type { Cursor, Waker } from '../../src/feed/cursor';
import { withCursor } from '../../src/feed/cursor';

/** A feed in the hands of a spec, each of whose messages is a block that all cursors share. */
export interface FakeFeed {
  readonly feed: Observable<string>;
  /** Everything that was done with it, in order. */
  readonly calls: string[];
  readonly add: (...blocks: readonly Uint8Array[]) => void;
  readonly end: (end: LogEnd) => void;
  /** Wakes all cursors that wait, or do not. */
  readonly wake: () => void;
}

/** Traits of its cursors that differ from the usual ones. */
interface FakeCursors {
  readonly wasOver?: boolean;
  readonly isPlaced?: boolean;
  /** A block without a message, which comes first. */
  readonly priming?: Uint8Array;
  readonly open?: (wake: () => void) => void;
  readonly take?: () => void;
  readonly close?: () => void;
}

export function fakeFeed({
  isPlaced = false,
  wasOver = false,
  priming,
  ...hooks
}: FakeCursors = {}): FakeFeed {
  const calls: string[] = [];
  const log: Uint8Array[] = [];
  const wakers = new Set<() => void>();
  const waiting = new Set<() => void>();
  let ended: LogEnd | undefined;

  const open = (waker: Waker): Cursor => {
    const wake = (): void => {
      waker.wake();
    };
    calls.push('open');
    hooks.open?.(wake);
    wakers.add(wake);
    let place = 0;
    let primed = priming === undefined;
    return {
      wasOver,
      take: (limit) => {
        calls.push(`take ${limit}`);
        hooks.take?.();
        if (!primed) {
          primed = true;
          return priming;
        }
        const taken: Uint8Array[] = [];
        for (let size = 0; place < log.length && size < limit; place++) {
          taken.push(log[place]!);
          size += log[place]!.length;
        }
        if (taken.length === 0 && !ended) waiting.add(wake);
        return taken.length > 1 ? new Uint8Array(Buffer.concat(taken)) : taken[0];
      },
      get taken() {
        return place;
      },
      get end() {
        return place === log.length ? ended : undefined;
      },
      isPlaced,
      get isBehind() {
        return place < log.length;
      },
      close: () => {
        calls.push('close');
        waiting.delete(wake);
        wakers.delete(wake);
        hooks.close?.();
      },
    };
  };

  const tell = (who: Set<() => void>): void => {
    const told = [...who];
    who.clear();
    for (const wake of told) wake();
  };

  return {
    calls,
    feed: withCursor(
      new Observable<string>((subscriber) => {
        calls.push('subscribe');
        subscriber.next('pushed');
        subscriber.complete();
      }),
      open,
    ),
    add: (...blocks) => {
      log.push(...blocks);
      tell(waiting);
    },
    end: (end) => {
      ended = end;
      tell(waiting);
    },
    wake: () => {
      for (const wake of [...wakers]) wake();
    },
  };
}
