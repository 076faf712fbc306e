import { Subject, concat, filter, map, of, take, tap, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { durable, fromEventSource, memoryLogs, toSseResponse } from 'rxjs-http-streams';
import type { Durable, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { cuttingProxy } from '../support/cuttingProxy';
import { randomness } from '../support/randomness';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

/** The three lines of an application, with a stop button. */
async function served(source: Observable<SseMessageInit>, answers: Durable = durable()): Promise<string> {
  const { url } = await webServer((request) => {
    const id = new URL(request.url).pathname;
    switch (request.method) {
      case 'POST':
        return toSseResponse(answers.run(id, source), { request });
      case 'DELETE':
        void answers.stop(id);
        return new Response(null, { status: 204 });
      default:
        return toSseResponse(answers.follow(id), { request, awaitFirst: true });
    }
  });
  return new URL('/answer', url).href;
}

const asked = (url: string): Observable<string> =>
  fromEventSource(url, { method: 'POST' }).pipe(map(({ data }) => data));
const followed = (url: string, lastEventId?: string): Observable<string> =>
  fromEventSource(url, { lastEventId, reconnect: { delay: 5, maxDelay: 10 } }).pipe(map(({ data }) => data));

const TOKENS = 400;
const CUTS = 20;

describe('an answer over HTTP', () => {
  it('goes on while its page reloads, which reads it again from the start', async () => {
    const words = new Subject<string>();
    const url = await served(words.pipe(map((data) => ({ data }))));
    const page = record(asked(url));
    await eventually(() => words.observed).toBe(true);
    words.next('a');
    await page.received(1);
    page.subscription.unsubscribe();
    words.next('b');

    const reloaded = record(followed(url));
    await reloaded.received(2);
    words.next('c');
    words.complete();
    await reloaded.ended();

    expect(reloaded).toMatchObject({ values: ['a', 'b', 'c'], outcome: 'complete' });
    const late = record(followed(url));
    await late.ended();
    expect(late).toMatchObject({ values: ['a', 'b', 'c'], outcome: 'complete' });
  });

  it('goes on from the message that a page has kept', async () => {
    const words = new Subject<string>();
    const url = await served(words.pipe(map((data) => ({ data }))));
    let last = '';
    const page = record(
      fromEventSource(url, { method: 'POST' }).pipe(
        tap(({ id }) => (last = id)),
        take(2),
      ),
    );
    await eventually(() => words.observed).toBe(true);
    for (const word of 'abc') words.next(word);
    await page.ended();

    const reloaded = record(followed(url, last));
    await reloaded.received(1);
    words.next('d');
    words.complete();
    await reloaded.ended();
    expect(reloaded).toMatchObject({ values: ['c', 'd'], outcome: 'complete' });
  });

  it(
    `brings every token once, in order, to clients that are cut ${CUTS} times, wherever that is`,
    { timeout: 120_000 },
    async () => {
      const tokens = new Subject<SseMessageInit>();
      const url = await served(tokens);
      record(asked(url));
      await eventually(() => tokens.observed).toBe(true);

      let said = 0;
      const sayMore = (): void => {
        for (let n = 0; n < 10; n++) tokens.next({ data: `${++said}` });
        if (said === TOKENS) tokens.complete();
      };
      sayMore();
      const clients = Array.from({ length: 10 }, async (_, client) => {
        const random = randomness(client);
        const proxy = await cuttingProxy(url, (n) => (n <= CUTS ? Math.floor(random() * 1_000) : Infinity));
        let last = 0;
        const recording = record(
          followed(new URL('/answer', proxy.url).href).pipe(
            tap(() => {
              // The first one to have all asks for more: the others are behind, or are cut off.
              if (++last === said && said < TOKENS) sayMore();
            }),
            filter((data) => data !== `${last}`),
          ),
        );
        await recording.ended();
        return { wrong: recording.values, error: recording.error, last, cuts: proxy.cuts() };
      });
      const whole = { wrong: [], error: undefined, last: TOKENS, cuts: CUTS };
      expect(await Promise.all(clients)).toEqual(clients.map(() => whole));
    },
  );

  it('is stopped by another request, for its page and for who comes later', async () => {
    const words = new Subject<SseMessageInit>();
    const url = await served(words);
    const page = record(asked(url));
    await eventually(() => words.observed).toBe(true);
    words.next({ data: 'a' });
    await page.received(1);

    await fetch(url, { method: 'DELETE' });

    expect(words.observed).toBe(false);
    const late = record(followed(url));
    await Promise.all([page.ended(), late.ended()]);
    for (const seen of [page, late]) expect(seen).toMatchObject({ values: ['a'], outcome: 'complete' });
  });

  it('fails for its page and for who comes later', async () => {
    const failure = new Error('secret');
    const url = await served(
      concat(
        of({ data: 'a' }),
        throwError(() => failure),
      ),
    );
    const page = record(asked(url));
    await page.ended();
    const late = record(followed(url));
    await late.ended();
    for (const seen of [page, late]) {
      expect(seen).toMatchObject({ values: ['a'], error: { name: 'StreamServerError' } });
    }
  });

  it.each([
    ['204 after an end', 204, of({ data: 'a' })],
    [
      '410 after a failure',
      410,
      concat(
        of({ data: 'a' }),
        throwError(() => new Error('secret')),
      ),
    ],
  ])('is %s for a client that has all of it, and comes back', async (_, status, source) => {
    const url = await served(source);
    let last = '';
    const page = record(fromEventSource(url, { method: 'POST' }).pipe(tap(({ id }) => (last = id))));
    await page.ended();
    const response = await fetch(url, { headers: { 'last-event-id': last } });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('secret');

    const again = record(followed(url, last));
    await again.ended();
    expect(again).toMatchObject(
      status === 204
        ? { values: [], outcome: 'complete' }
        : { values: [], error: { name: 'HttpStatusError', status, attempt: 1 } },
    );
  });

  it('is 410, once, where there is none, or its time to live is over', async () => {
    const answers = durable(memoryLogs({ ttl: 0 }));
    const url = await served(of({ data: 'a' }), answers);
    const none = record(followed(url));
    await none.ended();
    expect(none).toMatchObject({ values: [], error: { name: 'HttpStatusError', status: 410, attempt: 1 } });

    const page = record(asked(url));
    await page.ended();
    expect(page).toMatchObject({ values: ['a'], outcome: 'complete' });
    await eventually(async () => (await fetch(url)).status).toBe(410);
  });

  it('is started by a POST alone, not by a HEAD', async () => {
    const words = new Subject<SseMessageInit>();
    const answers = durable();
    const { url } = await webServer((request) => toSseResponse(answers.run('1', words), { request }));
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    expect(words.observed).toBe(false);
  });
});
