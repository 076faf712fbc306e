import { EventSource } from 'eventsource';
import { concat, delay, noop, of, throwError } from 'rxjs';
import { resumable, sseStop, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Handler } from '../support/frameworks';
import type { HttpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

const serving = async (handler: Handler): Promise<HttpServer> => webServer(handler);

/** Everything that an EventSource tells of, in order. */
interface Watched {
  readonly eventSource: EventSource;
  readonly seen: string[];
  /** Settles once it has told of so many. */
  readonly count: (count: number) => Promise<void>;
}

function watch(url: string, ...types: readonly string[]): Watched {
  const eventSource = new EventSource(url);
  onTestFinished(() => {
    eventSource.close();
  });
  const seen: string[] = [];
  let look: () => void = noop;
  for (const type of ['message', ...types]) {
    eventSource.addEventListener(type, (event: MessageEvent) => {
      seen.push([event.type, event.lastEventId, event.data].join('|'));
      look();
    });
  }
  return {
    eventSource,
    seen,
    count: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (seen.length >= count) resolve();
        };
        look();
      }),
  };
}

const errorOf = (eventSource: EventSource): Promise<Event> =>
  new Promise((resolve) => {
    eventSource.addEventListener('error', resolve, { once: true });
  });

describe("the eventsource package's EventSource", () => {
  it('reads names, ids, lines and JSON, and sees none of the comments', async () => {
    const { url } = await serving((request) =>
      request.headers.has('last-event-id')
        ? sseStop()
        : toSseResponse(
            concat(
              of({ id: '1', data: 'one' }, { type: 'tick', data: { n: 2 } }, { comment: 'nothing' }),
              of({ id: 'é3', data: 'a\r\nb\rc' }).pipe(delay(40)),
              of({ data: '' }),
            ),
            { request, heartbeat: 5, retry: 10 },
          ),
    );
    const { eventSource, seen } = watch(url, 'tick', 'end', 'error ');
    // The end of the stream, and then the stop.
    await errorOf(eventSource);
    await errorOf(eventSource);
    expect(eventSource.readyState).toBe(EventSource.CLOSED);
    // It tells of an id only with the message that has it.
    expect(seen).toEqual(['message|1|one', 'tick||{"n":2}', 'message|é3|a\nb\nc', 'message||']);
  });

  it('gets each message while the next is not yet made, and ends the source by closing', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const { eventSource, count, seen } = watch(url);
    await count(1);
    messages.next('b');
    await count(2);
    eventSource.close();
    await messages.observedBy(0);
    expect(seen).toEqual(['message||a', 'message||b']);
  });

  it.each([
    ['of digits', ''],
    // It sends them as Latin-1, where a browser sends UTF-8.
    ['beyond ASCII', 'é'],
  ])(
    'continues after cuts with every message once, in order, by ids %s',
    async (_, prefix) => {
      const numbers = producer<{ id: string; data: string }>();
      const feed = resumable(numbers.source);
      const server = await serving((request) => toSseResponse(feed, { request, retry: 10 }));
      const { seen, count } = watch(server.url);
      await numbers.observedBy(1);
      let last = 0;
      const emit = (): void => {
        last++;
        numbers.next({ id: `${prefix}${last}`, data: `${last}` });
      };
      for (let cut = 1; cut <= 5; cut++) {
        emit();
        emit();
        await count(last);
        (await server.exchange(cut)).response.socket?.destroy();
        emit();
        await count(last);
      }
      expect(seen).toEqual(Array.from({ length: 15 }, (_, n) => `message|${prefix}${n + 1}|${n + 1}`));
    },
    5_000,
  );

  it('comes back after a failure with the id of the last message, none of which is lost', async () => {
    const ids: (string | null)[] = [];
    const { url } = await serving((request) => {
      const id = request.headers.get('last-event-id');
      ids.push(id);
      if (id === '4') return sseStop();
      const next = Number(id) + 1;
      return toSseResponse(
        concat(
          of({ id: `${next}`, data: 'x' }, { id: `${next + 1}`, data: 'y' }),
          throwError(() => new Error('the secret')),
        ),
        { request, retry: 10 },
      );
    });
    const { eventSource, seen } = watch(url, 'error ');
    await errorOf(eventSource);
    await errorOf(eventSource);
    await errorOf(eventSource);
    expect(eventSource.readyState).toBe(EventSource.CLOSED);
    expect(seen).toEqual(['message|1|x', 'message|2|y', 'message|3|x', 'message|4|y']);
    expect(ids).toEqual([null, '2', '4']);
  });

  it('gives up on a gap with awaitFirst', async () => {
    const feed = resumable(producer<{ id: string; data: string }>().source);
    const server = await serving((request) =>
      toSseResponse(feed, { request, awaitFirst: request.url.includes('lastEventId') as true }),
    );
    const { eventSource } = watch(`${server.url}?lastEventId=unheard-of`);
    expect(await errorOf(eventSource)).toMatchObject({ code: 410 });
    expect(eventSource.readyState).toBe(EventSource.CLOSED);
  });
});
