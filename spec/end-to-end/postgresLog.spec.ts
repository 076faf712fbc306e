import { Pool } from 'pg';
import { firstValueFrom, from, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, isStreamGapError, resumable, toSseResponse } from 'rxjs-http-streams';
import type { LogEnd, LogPage, MessageLog } from 'rxjs-http-streams';
import { messageLogContract } from 'rxjs-http-streams/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresLog } from '../../examples/postgres-log/postgresLog';
import { postgresBin } from '../../examples/postgres-log/temporaryPostgres';
import { commandRun } from '../support/commandRun';
import { postgresServer } from '../support/postgresServer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

if (!postgresBin) console.warn('No Postgres here (POSTGRES_BIN names its programs): its specs are left out.');

const read = (log: MessageLog, after?: string): Promise<LogPage> =>
  firstValueFrom(from(log.read(after, 100)));

/** Appends one by one, so that each of them trims the log, and gives the ids. */
async function append(log: MessageLog, data: readonly unknown[], end?: LogEnd): Promise<string[]> {
  const ids: string[] = [];
  for (const each of data) ids.push(...(await firstValueFrom(from(log.append([{ data: each }])))));
  if (end) await firstValueFrom(from(log.append([], end)));
  return ids;
}

/** A feed over HTTP, its requests counted. */
async function served(log: MessageLog, awaitFirst = false): Promise<{ url: string; requests: () => number }> {
  const feed = resumable(log, { from: 'start' });
  let requests = 0;
  const { url } = await webServer((request) => {
    requests++;
    return awaitFirst ? toSseResponse(feed, { request, awaitFirst }) : toSseResponse(feed, { request });
  });
  return { url, requests: () => requests };
}

const reader = (url: string, lastEventId?: string): Observable<string> =>
  fromEventSource(url, { lastEventId, reconnect: { delay: 5, maxDelay: 10 } }).pipe(map(({ data }) => data));

function reading(log: MessageLog): Recording<unknown> {
  const recording = record(resumable(log, { from: 'start' })().pipe(map(({ data }) => data)));
  onTestFinished(() => {
    recording.subscription.unsubscribe();
  });
  return recording;
}

describe.skipIf(!postgresBin)('a log on Postgres', () => {
  const server = postgresServer();
  let keys = 0;
  const newKey = (): string => `key ${++keys}`;

  /** Another server process, as far as Postgres can tell. */
  function anotherPool(): Pool {
    const pool = new Pool(server.config()).on('error', () => undefined);
    onTestFinished(() => pool.end());
    return pool;
  }

  const listening = async (): Promise<number> => {
    const { rowCount } = await server.pool().query(`SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    return rowCount ?? 0;
  };

  for (const { name, run } of messageLogContract(() => postgresLog(server.pool(), newKey()))) {
    it(`keeps the contract: ${name}`, run);
  }

  it.each<[string, (ids: readonly string[]) => string | undefined, boolean, unknown[]]>([
    ['the last', (ids) => ids[5], false, []],
    ['the oldest that is held', (ids) => ids[3], false, [5, 6]],
    ['the one before it, whose tag is gone', (ids) => ids[2], true, [4, 5, 6]],
    ['one that is gone', (ids) => ids[1], true, [4, 5, 6]],
    ['one of the future', (ids) => ids[5]!.replace(/^6/, '7'), true, [4, 5, 6]],
    ['half of one', (ids) => ids[5]!.slice(0, 4), true, [4, 5, 6]],
    ['one of another life', () => '6-000000000000', true, [4, 5, 6]],
    ['the beginning, which is gone', () => undefined, true, [4, 5, 6]],
  ])('knows a gap after %s in a log that is trimmed: %s %s %s', async (_, after, isGap, data) => {
    const log = postgresLog(server.pool(), newKey(), 3);
    const ids = await append(log, [1, 2, 3, 4, 5, 6]);
    const page = await read(log, after(ids));
    expect(page.isGap).toBe(isGap);
    expect(page.messages.map((message) => message.data)).toEqual(data);
  });

  it('tells a client whose id is gone that it has a gap, in words or with 410, and the client stays away', async () => {
    const log = postgresLog(server.pool(), newKey(), 2);
    const [id] = await append(log, [1, 2, 3, 4]);
    for (const awaitFirst of [false, true]) {
      const { url, requests } = await served(log, awaitFirst);
      const client = record(reader(url, id));
      await client.ended();
      expect(client).toMatchObject({ values: [], outcome: 'error' });
      expect(client.error).toMatchObject(
        awaitFirst
          ? { name: 'HttpStatusError', status: 410 }
          : {
              name: 'StreamServerError',
              message: expect.stringContaining('is no longer available') as unknown,
            },
      );
      expect(requests()).toBe(1);
    }
  });

  it.each<[string, LogEnd, number, string]>([
    ['204 after an end', { failed: false }, 204, 'complete'],
    ['410 after a failure', { failed: true, error: new Error('broke') }, 410, 'error'],
  ])('answers a client that has everything with %s', async (_, end, status, outcome) => {
    const log = postgresLog(server.pool(), newKey());
    const id = (await append(log, [1, 2], end)).at(-1)!;
    const { url, requests } = await served(log, true);

    const response = await fetch(url, { headers: { 'last-event-id': id } });
    expect(response.status).toBe(status);
    const client = record(reader(url, id));
    await client.ended();
    expect(client).toMatchObject({ values: [], outcome });
    expect(requests()).toBe(2);
  });

  it('is one log for several servers', async () => {
    const key = newKey();
    const clients = [reading(postgresLog(server.pool(), key)), reading(postgresLog(anotherPool(), key))];
    await append(postgresLog(anotherPool(), key), [1, 2, 3], { failed: false });
    for (const client of clients) {
      await client.ended();
      expect(client).toMatchObject({ values: [1, 2, 3], outcome: 'complete' });
    }
  });

  it('listens on one connection for all logs, and on none when all clients have left', async () => {
    const pool = anotherPool();
    const logs = Array.from({ length: 50 }, () => postgresLog(pool, newKey()));
    const clients = logs.map(reading);
    for (const log of logs) await append(log, ['a']);
    for (const client of clients) await client.received(1);
    expect(await listening()).toBe(1);

    for (const { subscription } of clients) subscription.unsubscribe();
    await expect.poll(listening).toBe(0);
  });

  it('listens again when its connection is lost, and gives what came meanwhile', async () => {
    const key = newKey();
    const log = postgresLog(anotherPool(), key);
    const client = reading(log);
    await append(log, [1]);
    await client.received(1);

    await server
      .pool()
      .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    await append(postgresLog(server.pool(), key), [2]);
    await client.received(2);
    expect(client).toMatchObject({ values: [1, 2], outcome: undefined });
  });

  it('tells a gap to a live client when the log was deleted and begins anew', async () => {
    const key = newKey();
    const log = postgresLog(server.pool(), key);
    const client = reading(log);
    await append(log, [1, 2]);
    await client.received(2);

    await server.pool().query('DELETE FROM logs WHERE key = $1', [key]);
    await append(log, [3, 4, 5]);
    await client.ended();
    expect(client.values).toEqual([1, 2]);
    expect(isStreamGapError(client.error)).toBe(true);
  });

  it('tells a gap to a client whose message was lost, where another one has its number', async () => {
    const key = newKey();
    const log = postgresLog(server.pool(), key);
    const ids = await append(log, [1, 2, 3]);

    // A failover to a server that has not got the last message yet.
    await server.pool().query('DELETE FROM messages WHERE key = $1 AND n > 2', [key]);
    await server.pool().query('UPDATE logs SET last = 2 WHERE key = $1', [key]);
    await append(log, ['other', 4]);
    expect((await read(log, ids[2])).isGap).toBe(true);
    expect(await read(log, ids[1])).toMatchObject({
      isGap: false,
      messages: [{ data: 'other' }, { data: 4 }],
    });
  });

  it('is shown by its example, one of whose two servers stops', { timeout: 60_000 }, async () => {
    const { exitCode, output, complaints } = await commandRun('examples/postgres-log/main.ts', []).ended;
    expect(complaints).toBe('');
    expect(output).toMatch(/goes on at the second one, after 15-[0-9a-f]{12}\.$/m);
    expect(output).toMatch(/^Each client has seen 40 numbers once, in order\.$/m);
    expect(exitCode).toBe(0);
  });
});
