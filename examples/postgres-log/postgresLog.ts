import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { filter } from 'rxjs';
import type { MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { CHANNEL, notificationsOf } from './notifications';

/** The tables of all logs. `json`, not `jsonb`: it keeps a message as it is, NUL and the order of members included. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS logs (key text PRIMARY KEY, tag text NOT NULL, last bigint NOT NULL, ended json);
  CREATE TABLE IF NOT EXISTS messages (
    key text REFERENCES logs ON DELETE CASCADE, n bigint, tag text NOT NULL, message json NOT NULL, PRIMARY KEY (key, n))`;

/**
 * Appends, trims and notifies in one statement. The row of the log stays locked until the statement has committed, so
 * that messages become visible in the order of their numbers. A sequence would let a later number commit first.
 */
const APPEND = `
  WITH log AS (
    INSERT INTO logs AS l VALUES ($1, $2, json_array_length($3), $4)
    ON CONFLICT (key) DO UPDATE SET last = l.last + excluded.last, ended = excluded.ended WHERE l.ended IS NULL
    RETURNING last
  ), added AS (
    INSERT INTO messages SELECT $1, last - json_array_length($3) + n, $2, message
    FROM log, json_array_elements($3) WITH ORDINALITY AS m (message, n)
  ), trimmed AS (
    DELETE FROM messages USING log WHERE key = $1 AND n <= last - $5
  )
  SELECT last, pg_notify('${CHANNEL}', $1) FROM log`;

/** Reads in one statement, so that the rows, the newest number and the end belong together. */
const READ = `
  SELECT last, ended, "isKnown", page.*
  FROM (
    SELECT *, $2 = 0 AND tag = $3 OR EXISTS (SELECT FROM messages WHERE key = $1 AND n = $2 AND tag = $3) AS "isKnown"
    FROM logs WHERE key = $1
  ) log LEFT JOIN LATERAL (
    SELECT n, tag, message FROM messages
    WHERE key = $1 AND n > CASE WHEN "isKnown" THEN $2::bigint ELSE 0 END ORDER BY n LIMIT $4
  ) page ON true ORDER BY n`;

const HEAD = `
  SELECT last AS n, coalesce((SELECT tag FROM messages WHERE key = $1 AND n = last), tag) AS tag
  FROM logs WHERE key = $1`;

/** An empty log has a row, too: what is appended later follows its number 0. */
const BEGIN = 'INSERT INTO logs VALUES ($1, $2, 0) ON CONFLICT DO NOTHING';

/** Postgres gives a `bigint` as text. */
interface Place {
  readonly n: string;
  readonly tag: string;
}
interface Row extends Place {
  readonly last: string;
  readonly ended: { readonly failed: boolean; readonly message?: string } | null;
  /** Whether the log holds the message after which it was read. */
  readonly isKnown: boolean;
  readonly message: SseMessageInit;
}

/**
 * A part of ids that each append has for itself. The numbers alone come back when a log is deleted, and when a failover
 * has lost messages: an id of before would be found at a wrong place.
 */
const newTag = (): string => randomUUID().slice(-12);
const idOf = ({ n, tag }: Place): string => `${n}-${tag}`;

/**
 * A log on Postgres, for any number of servers.
 *
 * @param keep - Number of the newest messages that are kept, at least.
 */
export function postgresLog(pool: Pool, key: string, keep = 10_000): MessageLog {
  return {
    async append(messages, end) {
      const { failed, error } = end ?? {};
      const ended = end && { failed, message: error instanceof Error ? error.message : error };
      const tag = newTag();
      const values = [key, tag, JSON.stringify(messages), ended && JSON.stringify(ended), keep];
      const [log] = (await pool.query<Row>(APPEND, values)).rows;
      if (!log) throw new Error(`The log '${key}' has ended, and takes no more messages`);
      const before = Number(log.last) - messages.length;
      return messages.map((_, index) => `${before + index + 1}-${tag}`);
    },
    async read(after, limit) {
      const [, n = '0', tag = ''] = /^(0|[1-9]\d{0,14})-([0-9a-f]{12})$/.exec(after ?? '') ?? [];
      const { rows } = await pool.query<Row>(READ, [key, n, tag, limit]);
      const { last = '0', ended, isKnown = false } = rows[0] ?? {};
      // A log without messages is a row without a number.
      const held = rows.filter((row) => (row.n as string | null) !== null);
      // The numbers have no holes: where the first one does not follow, there was another one.
      const isNext = Number(held[0]?.n ?? Number(last) + 1) === Number(n) + 1;
      return {
        messages: held.map((row) => ({ ...row.message, id: idOf(row) })),
        isGap: !isNext || (after !== undefined && !isKnown),
        end:
          ended && (held.at(-1)?.n ?? last) === last
            ? { failed: ended.failed, error: ended.message && new Error(ended.message) }
            : undefined,
      };
    },
    async head() {
      const newest = async (): Promise<string | undefined> =>
        (await pool.query<Place>(HEAD, [key])).rows.map(idOf)[0];
      const id = await newest();
      if (id === undefined) await pool.query(BEGIN, [key, newTag()]);
      return id ?? (await newest())!;
    },
    changes: notificationsOf(pool).pipe(filter((changed) => changed === undefined || changed === key)),
  };
}
