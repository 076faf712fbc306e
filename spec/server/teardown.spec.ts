import { getEventListeners } from 'node:events';
import { Observable } from 'rxjs';
import { toChunkedResponse, toSseBody, toSseResponse } from 'rxjs-http-streams';
import type { SseBodyOptions } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { bodies } from '../support/bodies';
import { macrotasks } from '../support/macrotasks';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { settling, textReader } from '../support/textReader';
import type { TextReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();

interface Scene extends Producer<string>, TextReader {
  /** The read that waits, if one does. */
  waiting: Promise<unknown> | undefined;
}

interface Phase {
  readonly name: string;
  readonly reach: (scene: Scene) => Promise<void>;
}

const FAR_MORE = 'x'.repeat(100 * 1024);

const phases: readonly Phase[] = [
  {
    name: 'while nothing comes',
    reach: (scene) => {
      scene.waiting = scene.read();
      return elapse(0);
    },
  },
  { name: 'while nobody reads', reach: () => elapse(1_000) },
  {
    name: 'while values wait',
    reach: (scene) => {
      for (const value of ['b', 'c']) scene.next(value);
      return elapse(0);
    },
  },
  {
    name: 'while values wait for long',
    reach: (scene) => {
      for (const value of ['b', 'c']) scene.next(value);
      return elapse(1_000);
    },
  },
  {
    name: 'between two chunks of what waits',
    reach: async (scene) => {
      for (const value of [FAR_MORE, FAR_MORE]) scene.next(value);
      await scene.read();
    },
  },
  {
    name: 'while an error waits behind a value',
    reach: (scene) => {
      scene.next('b');
      scene.error(new Error('gone'));
      return elapse(0);
    },
  },
  {
    name: 'while an error has been held back for a moment',
    reach: async (scene) => {
      scene.error(new Error('gone'));
      await scene.read();
      scene.waiting = scene.read();
      await elapse(3);
    },
  },
  {
    name: 'while an end waits behind a value',
    reach: (scene) => {
      scene.next('b');
      scene.complete();
      return elapse(0);
    },
  },
];

interface Way {
  readonly name: string;
  readonly leave: (scene: Scene, signal: AbortController, request: AbortController) => unknown;
}

const ways: readonly Way[] = [
  { name: 'cancelling the body', leave: ({ cancel }) => cancel() },
  {
    name: 'aborting the signal',
    leave: (_, signal) => {
      signal.abort(new Error('aborted'));
    },
  },
  {
    name: 'aborting the request',
    leave: (_scene, _signal, request) => {
      request.abort(new Error('aborted'));
    },
  },
];

const cases = phases.flatMap((phase) =>
  ways.map((way) => ({ phase, way, title: `${way.name} ${phase.name}` })),
);

function staged(options?: SseBodyOptions): {
  readonly scene: Scene;
  readonly signal: AbortController;
  readonly requestAbort: AbortController;
  readonly listeners: () => number;
} {
  const signal = new AbortController();
  const requestAbort = new AbortController();
  const request = new Request('http://localhost/', { signal: requestAbort.signal });
  const before = getEventListeners(request.signal, 'abort').length;
  const feed = producer<string>('a');
  const reader = textReader(toSseBody(feed.source, { signal: signal.signal, request, ...options }));
  return {
    scene: { ...feed, ...reader, waiting: undefined },
    signal,
    requestAbort,
    listeners: () =>
      getEventListeners(signal.signal, 'abort').length +
      getEventListeners(request.signal, 'abort').length -
      before,
  };
}

describe('Leaving by', () => {
  virtualTime();

  it.each(cases)('$title unsubscribes the source and leaves nothing behind', async ({ phase, way }) => {
    const { scene, signal, requestAbort, listeners } = staged();
    await scene.read();
    await scene.observedBy(1);
    expect(listeners()).toBe(2);
    await phase.reach(scene);
    const waiting = scene.waiting && settling(scene.waiting);

    await way.leave(scene, signal, requestAbort);

    await scene.observedBy(0);
    expect(listeners()).toBe(0);
    // A reader that has not cancelled after its request was aborted is told a moment later.
    if (way.name === 'aborting the request') await elapse(50);
    expect(timers()).toBe(0);
    const next: unknown = await scene.read().catch((error: unknown) => error);
    const expected = way.name === 'cancelling the body' ? undefined : new Error('aborted');
    expect(next).toEqual(expected);
    if (waiting) expect(waiting()).toEqual(expected);
  });

  it.each(ways)(
    '$name unsubscribes a source that keeps silent before anything else happens',
    async ({ leave }) => {
      let left = false;
      const signal = new AbortController();
      const requestAbort = new AbortController();
      const request = new Request('http://localhost/', { signal: requestAbort.signal });
      const source = new Observable<string>(() => () => {
        left = true;
      });
      const reader = textReader(toSseBody(source, { signal: signal.signal, request }));
      await reader.read();
      reader.read().catch(() => undefined);
      void leave({ ...producer<string>(), ...reader, waiting: undefined }, signal, requestAbort);
      // After all promises, before all timers.
      await new Promise<void>((resolve) => {
        process.nextTick(resolve);
      });
      expect(left).toBe(true);
    },
  );

  it('cancelling settles after the source was unsubscribed', async () => {
    let left = false;
    const source = new Observable<string>(() => () => {
      left = true;
    });
    const { read, cancel } = textReader(toSseBody(source));
    await read();
    await cancel();
    expect(left).toBe(true);
  });

  it('aborting the request fails the body 50 ms later, unless it was cancelled by then', async () => {
    const { scene, requestAbort } = staged();
    await scene.read();
    const waiting = settling(scene.read());
    requestAbort.abort(new Error('aborted'));
    await scene.observedBy(0);
    await elapse(49);
    expect(waiting()).toBe('pending');
    await elapse(1);
    expect(waiting()).toEqual(new Error('aborted'));
  });

  it('aborting the request leaves a body that its server cancels in the same moment well alone', async () => {
    const { scene, requestAbort } = staged();
    await scene.read();
    const waiting = settling(scene.read());
    requestAbort.abort(new Error('aborted'));
    await scene.cancel();
    await scene.observedBy(0);
    expect(timers()).toBe(0);
    await elapse(1_000);
    expect(waiting()).toBeUndefined();
  });

  it.each(['complete', 'error'] as const)('abort after a normal end changes nothing (%s)', async (how) => {
    const { scene, signal, requestAbort, listeners } = staged();
    await scene.read();
    if (how === 'complete') scene.complete();
    else scene.error(new Error('gone'));
    await scene.read();
    const last = scene.read().catch((error: unknown) => error);
    await elapse(50);
    const end = await last;
    expect(listeners()).toBe(0);
    expect(timers()).toBe(0);

    signal.abort();
    requestAbort.abort();
    expect(await scene.read().catch((error: unknown) => error)).toEqual(end);
  });

  it('abort while the response waits for its first value unsubscribes the source', async () => {
    const { source, observedBy } = producer<string>();
    const signal = new AbortController();
    const response = toChunkedResponse(source, { awaitFirst: true, signal: signal.signal });
    await observedBy(1);
    signal.abort();
    await observedBy(0);
    expect((await response).status).toBe(500);
    expect(getEventListeners(signal.signal, 'abort')).toHaveLength(0);
    expect(timers()).toBe(0);
  });

  it('failing before the first value leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const request = new Request('http://localhost/', { signal: new AbortController().signal });
    const before = getEventListeners(request.signal, 'abort').length;
    const { source, error, observedBy } = producer<string>();
    const response = toSseResponse(source, { awaitFirst: true, signal, request });
    await observedBy(1);
    error(new Error('no rows'));
    expect((await response).status).toBe(500);
    expect(timers()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(getEventListeners(request.signal, 'abort')).toHaveLength(before);
  });

  it('a response that cannot be made leaves its source alone', async () => {
    let subscribers = 0;
    const source = new Observable<string>((subscriber) => {
      subscribers++;
      subscriber.next('a');
      return () => {
        subscribers--;
      };
    });
    await expect(
      (async () => {
        await toSseResponse(source, { awaitFirst: true, status: 204 });
      })(),
    ).rejects.toThrow();
    expect(subscribers).toBe(0);
    expect(timers()).toBe(0);
  });
});

describe.each(bodies)('$name', ({ make }) => {
  it('leaves nothing of two hundred clients behind that left at whatever moment', async () => {
    const { signal } = new AbortController();
    const resources = (): string[] => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    const before = resources();
    let subscribers = 0;
    const source = new Observable<string>((subscriber) => {
      subscribers++;
      subscriber.next('a');
      const ticking = setInterval(() => {
        subscriber.next(FAR_MORE);
      });
      return () => {
        subscribers--;
        clearInterval(ticking);
      };
    });
    await Promise.all(
      Array.from({ length: 200 }, async (_, client) => {
        const { read, cancel } = textReader(make(source, { signal }));
        for (let reads = 0; reads < client % 7; reads++) await read();
        const waiting = client % 2 === 0 ? read() : undefined;
        if (client % 3 === 0) await macrotasks();
        await cancel();
        await waiting;
      }),
    );
    expect(subscribers).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    // The runner has timers of its own, which come and go.
    expect(resources().length).toBeLessThanOrEqual(before.length);
  });
});
