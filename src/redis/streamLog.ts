import { map, mergeMap, of, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LogPage, MessageLog } from '../feed/log';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { RedisCommands, Row } from './commands';
import { endOf, isStart, messageOf } from './entry';
import { BEFORE_ALL, isId } from './ids';
import { persistently } from './persistently';
import { publisher } from './publisher';
import type { PublisherConfig } from './publisher';
import { wakeUpsOf } from './wakeUpsOf';

/** Number of entries of a page that may not be messages: the first and the last entry of a stream. */
const OTHERS = 2;

/** Makes a log that is stored in a stream of Redis. */
export function streamLog<T extends SseMessageInit>(
  commands: RedisCommands,
  config: PublisherConfig,
): MessageLog<T> {
  const { key, tagged, bufferSize } = config;
  const wakeUps = wakeUpsOf(commands, tagged);

  const rows = (from: string, limit: number): Observable<readonly Row[]> =>
    persistently(commands, () => commands.rows(key, from, limit + OTHERS)).pipe(
      tap((found) => {
        const newest = found.at(-1);
        if (newest) wakeUps.reached(key, newest.id);
      }),
    );

  const pageOf = (found: readonly Row[], limit: number, isGap: boolean): LogPage<T> => {
    const messages = found.filter((row) => !isStart(row) && !endOf(row));
    const last = found.at(-1);
    return {
      // No log checks whether its messages have the type that the application declares.
      messages: messages.slice(0, limit).map((row) => messageOf(row) as T),
      isGap,
      end: last && messages.length <= limit ? endOf(last) : undefined,
    };
  };

  const oldest = (limit: number): Observable<LogPage<T>> =>
    rows('-', limit).pipe(map((found) => pageOf(found, limit, true)));

  const fromStart = (limit: number): Observable<LogPage<T>> =>
    rows('-', limit).pipe(
      mergeMap((found) => {
        const [first] = found;
        if (!first || isStart(first)) return of(pageOf(found, limit, false));
        // Either another program began the stream, or Redis dropped its beginning, and then it has full length.
        return persistently(commands, () => commands.length(key)).pipe(
          map((length) => pageOf(found, limit, length >= bufferSize)),
        );
      }),
    );

  const fromId = (after: string, limit: number): Observable<LogPage<T>> =>
    rows(after, limit).pipe(
      mergeMap(([first, ...found]) => {
        if (first?.id !== after) return oldest(limit);
        return of(found.length > 0 ? pageOf(found, limit, false) : { messages: [], end: endOf(first) });
      }),
    );

  return {
    append: publisher(commands, config),
    read: (after, limit) => {
      if (after === undefined || after === BEFORE_ALL) return fromStart(limit);
      return isId(after) ? fromId(after, limit) : oldest(limit);
    },
    head: () =>
      persistently(commands, () => commands.newest(key)).pipe(
        map((newest) => newest ?? BEFORE_ALL),
        tap((head) => {
          wakeUps.begins(key, head);
        }),
      ),
    changes: wakeUps.changes(key),
  };
}
