import { Subscription, noop } from 'rxjs';
import { StreamOverflowError } from '../errors';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';
import type { Outlet } from './outlet';
import type { BodySettings } from './bodySettings';
import { MAX_SHOWN, makeRoom } from './overflow';
import { unreadFor } from './unreadFor';

/** Time without a read after which the limit of the queue applies, in milliseconds. */
const SLOW = 50;
/**
 * Number of checks in a row (5 s) that may find too much queued for a client that reads before the client is cut off.
 */
const LATE_TO_CUT = 200;
/** Number of such checks (50 ms) before `overflow` drops frames. */
const LATE_TO_DROP = 2;

/** Receives the events of a queue and its consumer. */
export interface ConsumerWatch {
  /** Records a read of the consumer. */
  readonly read: () => void;
  /**
   * Begins to watch the consumer, because frames were queued and no read is pending.
   *
   * @param isFirst - Whether the source emitted these frames while it was being subscribed. The source could not keep
   *   them back, so they do not count until they are sent.
   */
  readonly queued: (isFirst: boolean) => void;
  /** Records that frames were taken from the queue. */
  readonly shifted: () => void;
}

/**
 * Cuts off a client that is too slow:
 *
 * - one that does not read for `stallTimeout`;
 * - one for which more than `maxBufferedBytes` are queued while it does not read or stays behind, and `overflow` does
 *   not free enough of them.
 *
 * It checks only while frames are queued. A body makes it when the first frame is queued.
 */
export function consumerWatch<T>(
  outlet: Outlet<T>,
  {
    maxBufferedBytes,
    stallTimeout,
    overflow,
  }: Pick<BodySettings<T | Uint8Array>, 'maxBufferedBytes' | 'stallTimeout' | 'overflow'>,
  ends: Pick<BodyEnds, 'cut' | 'stall'>,
  life: Pick<BodyLife, 'add'>,
): ConsumerWatch {
  const { queue } = outlet;
  let reads = 0;
  /** Whether the consumer has not read for a while, although frames are queued. */
  let slow = false;
  /** Number of checks in a row that found too much queued. It keeps growing once a client was late: one grace only. */
  let behind = 0;
  /** Number of queued bytes that do not count. */
  let exempt = 0;
  let checking = Subscription.EMPTY;

  /**
   * Cost of the queue in bytes: its memory, or its share of the values that the application's `overflow` can process.
   */
  const waiting = (): number =>
    typeof overflow === 'function' && queue.size > 0
      ? Math.max(queue.cost, Math.ceil((queue.size / MAX_SHOWN) * maxBufferedBytes))
      : queue.cost;

  const isOver = (): boolean => waiting() - exempt > maxBufferedBytes;

  const isLate = (): boolean => behind >= (overflow === 'error' ? LATE_TO_CUT : LATE_TO_DROP);

  const enforce = (): void => {
    if (!(slow || isLate()) || !isOver()) return;
    try {
      makeRoom(queue, overflow, isOver, (value) => outlet.format(value));
      if (isOver())
        throw new StreamOverflowError({
          option: 'maxBufferedBytes',
          limit: maxBufferedBytes,
          size: waiting(),
        });
    } catch (error) {
      ends.cut('overflow', error);
    }
  };

  const checkConsumer = (unread: number): void => {
    behind = isOver() || isLate() ? behind + 1 : 0;
    if (queue.size === 0) {
      checking.unsubscribe();
      return;
    }
    slow = unread >= SLOW;
    enforce();
    if (unread >= stallTimeout) {
      ends.stall(stallTimeout, waiting());
    }
  };

  return {
    read: () => {
      reads++;
      slow = false;
    },
    queued: (isFirst) => {
      if (isFirst) exempt = waiting();
      if (checking.closed) {
        checking = unreadFor(() => reads).subscribe({ next: checkConsumer, error: noop });
        life.add(checking);
      }
      enforce();
    },
    shifted: () => {
      exempt = Math.min(exempt, waiting());
    },
  };
}
