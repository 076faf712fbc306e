import { getEventListeners } from 'node:events';
import { NEVER, Subject, concat, defer, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, fromNdjsonFetch, toEventTarget } from 'rxjs-http-streams';
import type { EventTargetMessage, LifecycleEvent, StreamErrorEvent } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { scheduled } from '../support/scheduler';

type Source = Observable<LifecycleEvent<EventTargetMessage>>;

const failure = new Error('the source broke');
const ENDS = ['close', 'abort', 'error'];
const open: LifecycleEvent<never> = {
  type: 'open',
  response: { ok: true, status: 200, statusText: '', headers: new Headers(), url: '/', body: null },
};
const valueOf = (value: EventTargetMessage): LifecycleEvent<EventTargetMessage> => ({ type: 'value', value });

/** The events of these names as they come, and a promise of the one that ends them. */
function listen(
  target: EventTarget,
  ...types: string[]
): { readonly events: Event[]; readonly ended: Promise<Event> } {
  const events: Event[] = [];
  const ended = new Promise<Event>((resolve) => {
    for (const type of ['start', ...ENDS, ...types]) {
      target.addEventListener(type, (event) => {
        events.push(event);
        if (ENDS.includes(type)) resolve(event);
      });
    }
  });
  return { events, ended };
}

const typesOf = (events: readonly Event[]): string[] => events.map(({ type }) => type);
const data = (event: Event | undefined): unknown => (event as MessageEvent).data;
const errorOf = (event: Event): unknown => (event as StreamErrorEvent).error;
/** The turn in which it was made is over. */
const subscribed = macrotasks;

describe('toEventTarget', () => {
  it('fires start, an event for each message by its type, and close', async () => {
    const { events, ended } = listen(
      toEventTarget(
        of(open, valueOf({ type: 'tick', data: { n: 1 }, id: '7' }), valueOf({ type: 'message', data: 'x' })),
      ),
      'tick',
      'message',
    );
    expect((await ended).type).toBe('close');
    expect(typesOf(events)).toEqual(['start', 'tick', 'message', 'close']);
    expect(events[1]).toBeInstanceOf(MessageEvent);
    expect(events[1]).toMatchObject({ data: { n: 1 }, lastEventId: '7' });
    expect(events[2]).toMatchObject({ data: 'x', lastEventId: '' });
  });

  it('fires start again for each connection, and nothing for the rest of the lifecycle', async () => {
    const source: Source = of<LifecycleEvent<EventTargetMessage>[]>(
      { type: 'connecting', attempt: 1 },
      open,
      { type: 'progress', loaded: 1, total: 2, received: 1 },
      { type: 'reconnecting', error: undefined, delay: 0, attempt: 2 },
      open,
    );
    const { events, ended } = listen(toEventTarget(source), 'connecting', 'open', 'progress', 'reconnecting');
    await ended;
    expect(typesOf(events)).toEqual(['start', 'start', 'close']);
  });

  it('subscribes on its own, once, and after the turn in which the listeners are added', async () => {
    const log: string[] = [];
    const source: Source = defer(() => {
      log.push('subscribed');
      return of(open);
    });
    const target = toEventTarget(source);
    log.push('made');
    target.addEventListener('start', () => log.push('start'));
    log.push('listening');
    await subscribed();
    expect(log).toEqual(['made', 'listening', 'subscribed', 'start']);
  });

  it('gives a message that is called like an end as a message, which ends nothing', async () => {
    const named = ['start', ...ENDS].map((type) => valueOf({ type, data: type }));
    const { events, ended } = listen(
      toEventTarget(
        concat(
          of(...named),
          throwError(() => failure),
        ),
      ),
    );
    await ended;
    await macrotasks();
    expect(events.slice(0, 4).every((event) => event instanceof MessageEvent)).toBe(true);
    expect(events.slice(0, 4).map(data)).toEqual(['start', ...ENDS]);
    expect(events[4]).not.toBeInstanceOf(MessageEvent);
    expect(errorOf(events[4]!)).toBe(failure);
  });

  describe('fires error', () => {
    it('with what the stream failed with, as the last', async () => {
      const { events, ended } = listen(
        toEventTarget(
          concat(
            of(open),
            throwError(() => failure),
          ),
        ),
      );
      expect(errorOf(await ended)).toBe(failure);
      expect(typesOf(events)).toEqual(['start', 'error']);
    });

    it.each([null, undefined])('for a value %s, which is not a message', async (value) => {
      const source = new Subject<LifecycleEvent<EventTargetMessage>>();
      const { events, ended } = listen(toEventTarget(source));
      await subscribed();
      source.next(valueOf(value as unknown as EventTargetMessage));
      expect(source.observed).toBe(false);
      expect(errorOf(await ended)).toBeInstanceOf(TypeError);
      expect(typesOf(events)).toEqual(['error']);
    });

    it('and not abort, where the abort made the source fail with something else', async () => {
      const stop = new AbortController();
      const source = new Subject<LifecycleEvent<EventTargetMessage>>();
      stop.signal.addEventListener('abort', () => {
        source.error(failure);
      });
      const { events, ended } = listen(toEventTarget(source, { signal: stop.signal }));
      await subscribed();
      stop.abort();
      expect(errorOf(await ended)).toBe(failure);
      expect(typesOf(events)).toEqual(['error']);
    });
  });

  describe('fires abort', () => {
    it('when the signal aborts, unsubscribes, and fires nothing more', async () => {
      const stop = new AbortController();
      const source = new Subject<LifecycleEvent<EventTargetMessage>>();
      const { events, ended } = listen(toEventTarget(source, { signal: stop.signal }), 'tick');
      await subscribed();
      source.next(open);
      stop.abort();
      expect(source.observed).toBe(false);
      expect(await ended).toMatchObject({ type: 'abort' });
      source.next(valueOf({ type: 'tick' }));
      expect(typesOf(events)).toEqual(['start', 'abort']);
    });

    it('for who listens in the same turn when the signal was aborted before, and subscribes nothing', async () => {
      let subscriptions = 0;
      const source: Source = defer(() => {
        subscriptions++;
        return NEVER;
      });
      const { events, ended } = listen(toEventTarget(source, { signal: AbortSignal.abort() }));
      expect((await ended).type).toBe('abort');
      expect(typesOf(events)).toEqual(['abort']);
      expect(subscriptions).toBe(0);
    });

    it('when it is aborted in the turn in which it is made, and subscribes nothing', async () => {
      const stop = new AbortController();
      const source = new Subject<LifecycleEvent<EventTargetMessage>>();
      const { ended } = listen(toEventTarget(source, { signal: stop.signal }));
      stop.abort('changed my mind');
      expect((await ended).type).toBe('abort');
      expect(source.observed).toBe(false);
    });

    it('when the reader was given the same signal', async () => {
      const stop = new AbortController();
      const { signal } = stop;
      const source = fromNdjsonFetch<EventTargetMessage>('/', {
        fetch: () => NEVER,
        signal,
        observe: 'lifecycle',
      });
      const { events, ended } = listen(toEventTarget(source, { signal }));
      await subscribed();
      stop.abort();
      await ended;
      expect(typesOf(events)).toEqual(['abort']);
    });
  });

  it('leaves no listener on the signal, whatever ends it', async () => {
    const { signal } = new AbortController();
    const ends: Source[] = [of(open), throwError(() => new Error('the source broke'))];
    for (const source of ends) await listen(toEventTarget(source, { signal })).ended;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('fires what a server sends over several connections, in virtual time', () => {
    scheduled(({ cold, flush }) => {
      const server = marbleFetch(cold, [
        { body: '-a-#', chunks: { a: 'event: tick\nid: 1\ndata: one\n\n' } },
        { body: '-b-', chunks: { b: 'event: tick\ndata: two\n\n' } },
        { status: 204 },
      ]);
      const source = fromEventSource('/feed', {
        fetch: server.fetch,
        observe: 'lifecycle',
        idleTimeout: 1_000,
      });
      const { events } = listen(toEventTarget(source), 'tick');
      flush();
      expect(typesOf(events)).toEqual(['start', 'tick', 'start', 'tick', 'start', 'close']);
      expect(events.slice(1, 4).map((event) => (event as Partial<MessageEvent>).lastEventId)).toEqual([
        '1',
        undefined,
        '1',
      ]);
    });
  });
});

describe('toEventTarget over POST and NDJSON', () => {
  const ticks = (url: string): Source =>
    fromNdjsonFetch<EventTargetMessage>(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{"message":"hi"}',
      observe: 'lifecycle',
    });
  const line = (n: number): string => `${JSON.stringify({ type: 'tick', data: { n } })}\n`;

  it('fires start, the ticks and close', async () => {
    const server = await httpServer((_, response) => {
      response.end(line(1) + line(2));
    });
    const { events, ended } = listen(toEventTarget(ticks(server.url)), 'tick');
    await ended;
    expect(typesOf(events)).toEqual(['start', 'tick', 'tick', 'close']);
    expect([data(events[1]), data(events[2])]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('fires the first tick before the second is produced; stopping closes the connection', async () => {
    const server = await httpServer((_, response) => {
      response.write(line(1));
    });
    const stop = new AbortController();
    const target = toEventTarget(ticks(server.url), { signal: stop.signal });
    const { events, ended } = listen(target, 'tick');
    target.addEventListener('tick', () => {
      stop.abort();
    });
    await ended;
    expect(typesOf(events)).toEqual(['start', 'tick', 'abort']);
    const { disconnected } = await server.exchange(1);
    await disconnected;
  });

  it('sends no request when it was stopped before', async () => {
    const server = await httpServer((_, response) => response.end());
    await listen(toEventTarget(ticks(server.url), { signal: AbortSignal.abort() })).ended;
    await macrotasks();
    expect(server.exchanges).toHaveLength(0);
  });

  it('fires error, with its cause, for a connection that breaks after a tick', async () => {
    const server = await httpServer((_, response) => {
      response.write(line(1), () => response.destroy());
    });
    const { events, ended } = listen(toEventTarget(ticks(server.url)), 'tick');
    expect(errorOf(await ended)).toMatchObject({
      name: 'StreamNetworkError',
      phase: 'body',
      cause: expect.any(Error) as unknown,
    });
    expect(typesOf(events)).toEqual(['start', 'tick', 'error']);
  });

  it('fires error and no start for a connection that fails', async () => {
    const server = await httpServer((request) => request.socket.destroy());
    const { events, ended } = listen(toEventTarget(ticks(server.url)));
    expect(errorOf(await ended)).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
    expect(typesOf(events)).toEqual(['error']);
  });

  it('fires error and no start for a status that carries no stream', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(401).end('who are you');
    });
    const { events, ended } = listen(toEventTarget(ticks(server.url)));
    expect(errorOf(await ended)).toMatchObject({ name: 'HttpStatusError', status: 401, body: 'who are you' });
    expect(typesOf(events)).toEqual(['error']);
  });

  it('fires error for a line that is JSON, but no message', async () => {
    const server = await httpServer((_, response) => {
      response.end(`${line(1)}null\n`);
    });
    const { events, ended } = listen(toEventTarget(ticks(server.url)), 'tick');
    expect(errorOf(await ended)).toBeInstanceOf(TypeError);
    expect(typesOf(events)).toEqual(['start', 'tick', 'error']);
  });

  it.each([
    ['an id that is nested', { type: 'tick', id: [[['x']]] }],
    ['an id whose toString is none', { type: 'tick', id: { toString: 1 } }],
    ['an id that is null', { type: 'tick', id: null }],
    ['a type that is no text', { type: { toString: 1 } }],
    ['no type', {}],
    ['text in place of a message', 'tick'],
  ])('fires error for %s, and turns nothing of a server into text', async (_, value) => {
    const { events, ended } = listen(toEventTarget(of(valueOf(value as never))), 'tick');
    expect(errorOf(await ended)).toBeInstanceOf(TypeError);
    expect((errorOf(await ended) as Error).message).toMatch(
      /^(value|type|id): expected (an object|a string), got /,
    );
    expect(typesOf(events)).toEqual(['error']);
  });

  it('gives what was projected: an application gives its values the names it wants', async () => {
    const server = await httpServer((_, response) => {
      response.end('{"n":1}\n');
    });
    const source = fromNdjsonFetch<{ n: number }>(server.url, { observe: 'lifecycle' }).pipe(
      map((event) => (event.type === 'value' ? valueOf({ type: 'number', data: event.value.n }) : event)),
    );
    const { events, ended } = listen(toEventTarget(source), 'number');
    await ended;
    expect(data(events[1])).toBe(1);
  });
});
