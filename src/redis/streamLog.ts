import { map, of, switchMap, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LogPage, MessageLog } from '../feed/log';
import type { SseMessageInit } from '../protocol/sse';
import type { RedisCommands, Row } from './commands';
import { endOf, isStart, messageOf } from './entry';
import { BEFORE_ALL, isId } from './ids';
import { persistently } from './persistently';
import { publisher } from './publisher';
import type { PublisherConfig } from './publisher';
import { wakeUpsOf } from './wakeUps';

/** Of a page: the first and the last entry of a stream are no messages. */
const OTHERS = 2;

/** A log on a stream of Redis. */
export function streamLog<T extends SseMessageInit>(
  commands: RedisCommands,
  config: PublisherConfig,
): MessageLog<T> {
  const { key, tagged } = config;
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
      // No log checks whether the messages are of the type that its publisher says.
      messages: messages.slice(0, limit).map((row) => messageOf(row) as T),
      isGap,
      end: last && messages.length <= limit ? endOf(last) : undefined,
    };
  };

  const fromStart = (limit: number, isLost: (first: Row | undefined) => boolean): Observable<LogPage<T>> =>
    rows('-', limit).pipe(map((found) => pageOf(found, limit, isLost(found[0]))));

  const fromId = (after: string, limit: number): Observable<LogPage<T>> =>
    rows(after, limit).pipe(
      switchMap(([first, ...found]) => {
        if (first?.id !== after) return fromStart(limit, () => true);
        return of(found.length > 0 ? pageOf(found, limit, false) : { messages: [], end: endOf(first) });
      }),
    );

  return {
    append: publisher(commands, config),
    read: (after, limit) => {
      if (after === undefined || after === BEFORE_ALL) {
        return fromStart(limit, (first) => first !== undefined && !isStart(first));
      }
      return isId(after) ? fromId(after, limit) : fromStart(limit, () => true);
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
