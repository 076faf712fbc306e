import { defer, first, mergeMap, tap } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { StreamGapError } from '../errors';
import { observed } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import { Block, blocksOf } from './block';
import type { FeedRules } from './feedRules';
import type { MessageLog } from './log';
import { overSnapshot } from './overSnapshot';
import type { Place } from './place';
import type { Ring } from './ring';
import { PAGE } from './tail';
import type { Tail } from './tail';

/**
 * Finds the messages that follow the id of a client, in the ring or in the log, and moves the client's place there.
 *
 * @param wake - Called for each message of a snapshot.
 * @returns `undefined` if the place was found at once. Otherwise an Observable that reads the log and completes when
 *   the place is found. It errors
 *   - with `StreamGapError` if the client has lost messages and the feed has no snapshot for it,
 *   - with the error of the log or of the snapshot.
 */
export function findPlace<T extends SseMessageInit>(
  place: Place<T>,
  { from, onGap, isWhole }: FeedRules<T>,
  tail: Tail<T>,
  ring: Ring<T>,
  wake: () => void,
): Observable<unknown> | undefined {
  const { id } = place;
  const { log } = tail;
  const findInRing = (): number | undefined => (id === undefined ? undefined : ring.after(id));

  place.startSearch(ring);
  if (id === undefined && from === 'now') {
    place.enterLive(ring);
    return undefined;
  }
  place.isRetained ||= id === ring.last;
  const number = findInRing();
  if (number !== undefined && place.isRetained) {
    place.enter(ring, number);
    return undefined;
  }

  // If the ring has the messages that follow the id, the log only has to confirm that it retains them, too.
  const page$ = defer(() => observed(log.read(id, number === undefined ? PAGE : 1)));
  return page$.pipe(
    first(),
    mergeMap((page): ObservableInput<unknown> => {
      const { messages, isGap, end } = page;
      const isLost = isGap && (id !== undefined || isWhole);
      if (isLost && onGap !== 'replay') return recover(place, onGap, log, wake);
      const next = isLost ? undefined : findInRing();
      // With `awaitFirst` the response to a client at the start of an empty log waits for the first message.
      place.isRetained = id !== undefined || messages.length > 0;
      place.isPage = true;
      if (next !== undefined && tail.ring === ring) place.enter(ring, next);
      else if (messages.length > 0) for (const block of blocksOf(page)) place.putAhead(block);
      else if (end) {
        place.isAfterEnd ||= place.taken === 0;
        place.end = end;
      } else if (isLost) place.enterLive(ring);
      else if (id === undefined) place.enter(ring, ring.first);
      else place.isAheadOfTail = tail.ring === ring;
      return [];
    }),
  );
}

/** Gives a client that has lost messages a snapshot, and moves its place to the messages that follow the snapshot. */
function recover<T extends SseMessageInit>(
  place: Place<T>,
  onGap: Exclude<FeedRules<T>['onGap'], 'replay'>,
  log: MessageLog<T>,
  wake: () => void,
): Observable<unknown> {
  const { id = '', lostAfter } = place;
  // A client that loses messages again before it has taken one after the snapshot would get snapshots for ever.
  if (onGap === 'error' || lostAfter !== undefined)
    throw new StreamGapError({ lastEventId: lostAfter ?? id });
  place.lostAfter = id;
  place.isPage = false;
  const give = (message: T): void => {
    place.putAhead(new Block(message));
    wake();
  };
  return overSnapshot(log, () => onGap(id), give).pipe(
    tap((after) => {
      place.beginAfter(after);
    }),
  );
}
