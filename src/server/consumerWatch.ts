import { Subscription, noop } from 'rxjs';
import { StreamOverflowError } from '../errors';
import type { Framed, FrameQueue } from './frameQueue';
import { MAX_SHOWN, makeRoom } from './overflow';
import type { Overflow } from './overflow';
import { unreadFor } from './unreadFor';

/** How long nobody has read where a queue may be too full, in milliseconds. */
const SLOW = 50;
/** How many looks in a row may find too much waiting, though somebody reads, before it is cut off: 5 s of them. */
const LATE_TO_CUT = 200;
/** And before something is dropped: 50 ms of them. */
const LATE_TO_DROP = 2;

/** As `BodyOptions` has them. */
interface Limits<T> {
  readonly maxBufferedBytes: number;
  readonly stallTimeout: number;
  readonly overflow: Overflow<T>;
}

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
 * Cuts off a client that is too slow: it does not read for `stallTimeout`, or has more waiting than `maxBufferedBytes`
 * while it does not read or stays behind, and `overflow` makes no room. It looks only while something waits.
 *
 * @param running Ends it.
 */
export function consumerWatch<T>(
  queue: FrameQueue<T>,
  { maxBufferedBytes, stallTimeout, overflow }: Limits<T>,
  format: (value: T) => Framed<T>,
  cutAs: (outcome: 'overflow' | 'stalled') => (error: unknown) => void,
  running: Subscription,
): ConsumerWatch {
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
      makeRoom(queue, overflow, isOver, format);
      if (isOver()) throw new StreamOverflowError('maxBufferedBytes', maxBufferedBytes, waiting());
    } catch (error) {
      cutAs('overflow')(error);
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
      cutAs('stalled')(new StreamOverflowError('stallTimeout', stallTimeout, waiting()));
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
        running.add(looking);
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
