import {
  NEVER,
  concat,
  defer,
  filter,
  finalize,
  interval,
  map,
  mergeMap,
  of,
  range,
  startWith,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable } from 'rxjs-http-streams';
import type { ResumableConfig, SseMessage } from 'rxjs-http-streams';

/** Lead of the feed over the slowest client, in messages; the feed buffers no more than that. */
const LEAD = 1_024;

/** The same for a feed of snapshots, and how little that one holds: who is away for a moment has a gap. */
const SNAPSHOT_LEAD = 256;
const SNAPSHOT_HELD = 48;
/** Time that a snapshot takes, in milliseconds. Several numbers come meanwhile, and are in both. */
const SNAPSHOT_TAKES = 10;

/** The nth message; some have lines, characters and a type that a cut can fall into. */
const numbered = (n: number): SseMessage => ({
  id: `№${n}`,
  type: n % 5 === 0 ? 'fifth' : 'message',
  data: n % 3 === 0 ? `${n}\n${'✓'.repeat(n % 40)}\n` : `${n}`,
});

/** The number in an id. */
const numberIn = (id: string): number => Number(id.slice(1));

/** The numbers from 1 on that one client has received. */
export class Seen {
  last = 0;
  messages = 0;
  lost = 0;
  doubled = 0;
  damaged = 0;
  /** Requests that did not ask for what comes after the last message. */
  misplaced = 0;

  message(message: SseMessage): void {
    this.messages++;
    const n = numberIn(message.id);
    if (n > this.last) {
      this.lost += n - this.last - 1;
      this.last = n;
    } else this.doubled++;
    const { id, type, data } = numbered(n);
    if (message.id !== id || message.type !== type || message.data !== data) this.damaged++;
  }

  request(lastEventId: string): void {
    if (lastEventId !== this.id) this.misplaced++;
  }

  get id(): string {
    return numbered(this.last).id;
  }
}

/** A feed of numbers for so many clients. */
export interface NumberedFeed {
  readonly feed: (lastEventId?: string) => Observable<SseMessage>;
  readonly clients: readonly Seen[];
  /** The last number that was sent. */
  readonly sent: () => number;
  /** The last number that every client has seen. */
  readonly seen: () => number;
  /** From now on nothing has to be held for clients that are away. */
  readonly release: () => void;
  readonly subscribers: () => number;
  readonly subscriptions: () => number;
  /** Snapshots that were taken. */
  readonly snapshots: () => number;
}

/**
 * It waits for its clients, so that none of them is ever too late for what is held, however slow the machine is.
 *
 * @param fromSnapshots - Holds few messages, so that clients which are away go on after a snapshot of what they
 *   have missed.
 */
export function numberedFeed(count: number, fromSnapshots = false): NumberedFeed {
  const lead = fromSnapshots ? SNAPSHOT_LEAD : LEAD;
  const clients = Array.from({ length: count }, () => new Seen());
  const seen = (): number => Math.min(...clients.map(({ last }) => last));
  let sent = 0;
  let released = false;
  let subscriptions = 0;
  let subscribers = 0;
  let snapshots = 0;
  const number$ = defer(() => {
    subscriptions++;
    subscribers++;
    return interval(4).pipe(
      filter(() => sent - seen() < lead),
      map(() => numbered(++sent)),
      // Held from the start, for those who are cut off before their first message.
      startWith(numbered(0)),
    );
  }).pipe(
    finalize(() => {
      subscribers--;
    }),
  );
  /** Messages that were sent after a number, up to now. */
  const sentAfter = (last: number): Observable<SseMessage> =>
    defer(() => range(last + 1, Math.max(0, sent - last))).pipe(map(numbered));
  /** Messages that a client has missed, and messages sent while those go out, which are live as well. */
  const snapshot = (lastEventId: string): Observable<SseMessage> =>
    defer(() => {
      snapshots++;
      const start = sent;
      const missed$ = range(numberIn(lastEventId) + 1, start - numberIn(lastEventId)).pipe(map(numbered));
      return concat(missed$, timer(SNAPSHOT_TAKES).pipe(mergeMap(() => sentAfter(start))));
    });
  const holding: ResumableConfig<SseMessage> = fromSnapshots
    ? { bufferSize: SNAPSHOT_HELD, onGap: snapshot }
    : { bufferSize: lead + 1 };
  return {
    feed: resumable(number$, {
      ...holding,
      resetOnRefCountZero: () => (released ? of(true) : NEVER),
    }),
    clients,
    sent: () => sent,
    seen,
    release: () => {
      released = true;
    },
    subscribers: () => subscribers,
    subscriptions: () => subscriptions,
    snapshots: () => snapshots,
  };
}
