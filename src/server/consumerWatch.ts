import { Subscription, noop } from 'rxjs';
import { StreamOverflowError } from '../errors';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';
import type { Outlet } from './outlet';
import type { BodySettings } from './bodySettings';
import { MAX_SHOWN, makeRoom } from './overflow';
import { unreadFor } from './unreadFor';

/** How long nobody has read where a queue may be too full, in milliseconds. */
const SLOW = 50;
/** How many looks in a row may find too much waiting, though somebody reads, before it is cut off: 5 s of them. */
const LATE_TO_CUT = 200;
/** And before something is dropped: 50 ms of them. */
const LATE_TO_DROP = 2;

/** What it has to be told. */
export interface ConsumerWatch {
  /** Somebody reads. */
  readonly read: () => void;
  /** Something has been queued, and nobody is reading. */
  readonly queued: () => void;
  /** Something has left the queue. */
  readonly shifted: () => void;
  /** What waits now could not have been held back. */
  readonly exempt: () => void;
}

/**
 * Cuts off a client that is too slow: it does not read for `stallTimeout`, or has more waiting than
 * `maxBufferedBytes` while it does not read or stays behind, and `overflow` makes no room. It looks only while
 * something waits, and is made then.
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
  /** Nobody has read for a while, although something waits. */
  let slow = false;
  /** How many looks in a row have found more waiting than may; who was late once has no grace any more. */
  let behind = 0;
  /** How many of the bytes that wait do not count. */
  let exempt = 0;
  let looking = Subscription.EMPTY;

  /** Bytes that wait, by what they cost: memory, and where the application looks through all of them, time. */
  const waiting = (): number =>
    typeof overflow === 'function' && queue.size > 0
      ? Math.max(queue.cost, Math.ceil((queue.size / MAX_SHOWN) * maxBufferedBytes))
      : queue.cost;

  const isOver = (): boolean => waiting() - exempt > maxBufferedBytes;

  const isLate = (): boolean => behind >= (overflow === 'error' ? LATE_TO_CUT : LATE_TO_DROP);

  const judge = (): void => {
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

  const look = (unread: number): void => {
    behind = isOver() || isLate() ? behind + 1 : 0;
    if (queue.size === 0) {
      looking.unsubscribe();
      return;
    }
    slow = unread >= SLOW;
    judge();
    if (unread >= stallTimeout) {
      ends.stall(stallTimeout, waiting());
    }
  };

  return {
    read: () => {
      reads++;
      slow = false;
    },
    queued: () => {
      if (looking.closed) {
        looking = unreadFor(() => reads).subscribe({ next: look, error: noop });
        life.add(looking);
      }
      judge();
    },
    shifted: () => {
      exempt = Math.min(exempt, waiting());
    },
    exempt: () => {
      exempt = waiting();
    },
  };
}
