import { Subject, filter, firstValueFrom, from, map, startWith, tap } from 'rxjs';
import { fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import type { LogEnd, MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { cuttingProxy } from '../support/cuttingProxy';
import { randomness } from '../support/randomness';
import { record } from '../support/recording';
import { slowLog } from '../support/slowLog';
import { webServer } from '../support/webServer';

/** A thousand cuts in all: the fault suite makes ten times as many, at chosen places too. */
const CLIENTS = 20;
const MESSAGES = 10_000;
const CUTS = 50;

const message = (id: string): SseMessageInit => ({ id, data: id });

describe('resumable over connections that are cut', () => {
  it(
    'brings every message to 20 clients exactly once, in order, each cut 50 times wherever it was',
    { timeout: 60_000 },
    async () => {
      const numbers = new Subject<SseMessageInit>();
      const feed = resumable(numbers.pipe(startWith(message('0'))), { bufferSize: MESSAGES + 1 });
      const { url } = await webServer((request) => toSseResponse(feed, { request }));

      let sent = 0;
      let caughtUp = 0;
      const sendMore = (): void => {
        caughtUp = 0;
        for (let n = 0; n < 100; n++) numbers.next(message(`${++sent}`));
        if (sent === MESSAGES) numbers.complete();
      };
      record(feed());
      sendMore();

      const clients = Array.from({ length: CLIENTS }, async (_, client) => {
        const random = randomness(client);
        const proxy = await cuttingProxy(url, (n) => (n <= CUTS ? Math.floor(random() * 7_000) : Infinity));
        let last = 0;
        const recording = record(
          fromEventSource(proxy.url, { lastEventId: '0', reconnect: { delay: 5, maxDelay: 10 } }).pipe(
            map(({ id, data }) => `${id} ${data}`),
            tap(() => {
              last++;
              // Half of them wait for the next messages, the others miss some or are still behind.
              if (last === sent && sent < MESSAGES && ++caughtUp === CLIENTS / 2) sendMore();
            }),
            filter((text) => text !== `${last} ${last}`),
          ),
        );
        await recording.ended();
        return { wrong: recording.values, error: recording.error, last, cuts: proxy.cuts() };
      });
      const expected = { wrong: [], error: undefined, last: MESSAGES, cuts: CUTS };
      expect(await Promise.all(clients)).toEqual(clients.map(() => expected));
    },
  );
});

describe('a log that answers later, with awaitFirst', () => {
  const asked = (log: MessageLog, lastEventId?: string): Promise<Response> =>
    toSseResponse(resumable(log, { from: 'start' }), {
      request: new Request('http://localhost/', {
        headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
      }),
      awaitFirst: true,
    });

  it.each<[string, LogEnd, number]>([
    ['204 where it has ended', { failed: false }, 204],
    ['410 where it has failed', { failed: true, error: new Error('broke') }, 410],
  ])('answers a client that has everything with %s, so that it stays away', async (_, end, status) => {
    const log = slowLog(1);
    const ids = await firstValueFrom(from(log.append([{ data: 1 }, { data: 2 }], end)));
    expect((await asked(log, ids[1])).status).toBe(status);
  });

  it.each<[string, LogEnd, number]>([
    ['204 where it has ended', { failed: false }, 204],
    ['410 where it has failed', { failed: true, error: new Error('broke') }, 410],
  ])('answers a client of an empty log with %s', async (_, end, status) => {
    const log = slowLog(1);
    await firstValueFrom(from(log.append([], end)));
    expect((await asked(log)).status).toBe(status);
  });

  it('answers a client that has everything with 200 where more may come', async () => {
    const log = slowLog(1);
    const [id] = await firstValueFrom(from(log.append([{ data: 1 }])));
    const response = await asked(log, id);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});
