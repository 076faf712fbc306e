import { EMPTY, concat, defer, expand, first, ignoreElements, map, mergeMap, of, reduce, tap } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { observed } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { LogPage, MessageLog } from './log';
import { PAGE } from './tail';

/**
 * Gives a client a snapshot, then emits the id after which the client continues in the log.
 *
 * @param snapshot - Called once the head of the log is known, so that messages appended during the snapshot follow that
 *   head.
 * @param give - Receives each message of the snapshot.
 */
export function overSnapshot<T extends SseMessageInit>(
  log: MessageLog<T>,
  snapshot: () => ObservableInput<T>,
  give: (message: T) => void,
): Observable<string> {
  const ids: string[] = [];
  const given$ = defer(() => observed(snapshot())).pipe(
    tap((message) => {
      if (message.id) ids.push(message.id);
      give(message);
    }),
    ignoreElements(),
  );
  return defer(() => observed(log.head())).pipe(
    first(),
    mergeMap((head) =>
      concat(
        given$,
        defer(() => afterSnapshot(log, head, ids)),
      ),
    ),
  );
}

/**
 * Finds the id after which a client continues that has received a snapshot, so that the client neither misses a message
 * nor receives one twice: the newest message of the snapshot that the log retains, otherwise `head`.
 *
 * @param head - The head of the log when the snapshot began.
 * @param ids - Ids of the messages of the snapshot.
 */
function afterSnapshot<T extends SseMessageInit>(
  log: MessageLog<T>,
  head: string,
  ids: readonly string[],
): Observable<string> {
  const known = new Set(ids);
  const newest = ids.at(-1);
  if (newest === undefined) return of(head);

  const read = (after: string, limit: number): Observable<LogPage<T>> =>
    defer(() => observed(log.read(after, limit))).pipe(first());

  /** Emits the newest id of the snapshot that follows an id in the log, or that id itself if none follows it. */
  const newestAfter = (id: string): Observable<string> =>
    read(id, PAGE).pipe(
      expand(({ messages }) => {
        const after = messages.at(-1)?.id;
        return after === undefined ? EMPTY : read(after, PAGE);
      }),
      mergeMap(({ messages }) => messages),
      map((message) => message.id ?? ''),
      reduce((found, each) => (known.has(each) ? each : found), id),
    );

  return newestAfter(head).pipe(
    mergeMap((found) =>
      found !== head || known.has(head)
        ? of(found)
        : read(newest, 1).pipe(mergeMap(({ isGap }) => (isGap ? of(head) : newestAfter(newest)))),
    ),
  );
}
