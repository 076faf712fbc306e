import { Subject, filter, map, startWith, tap } from 'rxjs';
import { fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { cuttingProxy } from '../support/cuttingProxy';
import { randomness } from '../support/randomness';
import { record } from '../support/recording';
import { webServer } from '../support/webServer';

const MESSAGES = 10_000;
const CUTS = 50;

const message = (id: string): SseMessageInit => ({ id, data: id });

describe('resumable over connections that are cut', () => {
  it(
    'brings every message to 200 clients exactly once, in order, each cut 50 times wherever it was',
    { timeout: 300_000 },
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

      const clients = Array.from({ length: 200 }, async (_, client) => {
        const random = randomness(client);
        const proxy = await cuttingProxy(url, (n) => (n <= CUTS ? Math.floor(random() * 7_000) : Infinity));
        let last = 0;
        const recording = record(
          fromEventSource(proxy.url, { lastEventId: '0', reconnect: { delay: 5, maxDelay: 10 } }).pipe(
            map(({ id, data }) => `${id} ${data}`),
            tap(() => {
              last++;
              // Half of them wait for the next messages, the others miss some or are still behind.
              if (last === sent && sent < MESSAGES && ++caughtUp === 100) sendMore();
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
