import { setImmediate } from 'node:timers/promises';
import { NEVER, Subject, defer, endWith, ignoreElements, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamNetworkError, fromNdjsonFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { BUFFERS, flood } from '../support/flood';
import type { Flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const PADDING = 'x'.repeat(64 * 1024);

/** Projections that wait for the test, and how many of them run. */
function gate(): {
  readonly hold: <T>(value: T) => Observable<T>;
  readonly open: () => void;
  running: () => number;
} {
  const opened = new Subject<void>();
  let running = 0;
  let isOpen = false;
  return {
    running: () => running,
    open: () => {
      isOpen = true;
      opened.next();
      opened.complete();
    },
    hold: (value) =>
      defer(() => {
        if (isOpen) return of(value);
        running++;
        return opened.pipe(ignoreElements(), endWith(value));
      }),
  };
}

describe.each(readers)('$name with a projection that takes its time', ({ project, mediaType, frame }) => {
  it('holds the server back, and lets it go on afterwards', async () => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType });
      body = flood(response, () => frame(PADDING));
    });
    const { hold, open, running } = gate();
    const recording = record(project(server.url, { project: hold }));
    await server.exchange(1);

    await body?.heldBack();
    const before = body?.written() ?? Infinity;
    expect(before).toBeLessThan(BUFFERS);
    expect(running()).toBe(1);
    expect(recording.values).toHaveLength(0);

    open();
    // A chunk is a quarter of a piece or more: this is more than can have been held back.
    await recording.received((4 * BUFFERS) / PADDING.length);
    expect(body?.written()).toBeGreaterThan(before);
    recording.subscription.unsubscribe();
    await server.disconnected(1);
  });
});

describe('fromNdjsonFetch with a projection', () => {
  it('that was held back delivers every value in its order, and completes', async () => {
    const count = 512;
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      body = flood(response, (index) => `${JSON.stringify([index, PADDING])}\n`, count);
    });
    const { hold, open } = gate();
    const recording = record(
      fromNdjsonFetch<[number, string], number>(server.url, { project: ([index]) => hold(index) }),
    );
    await server.exchange(1);
    await body?.heldBack();

    open();
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(recording.values).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  it('runs as many at a time as `concurrent` says, and not one more', async () => {
    const server = await httpServer((_, response) => {
      response.end(Array.from({ length: 100 }, (_, index) => `${index}\n`).join(''));
    });
    let running = 0;
    let most = 0;
    const inner = async (value: number): Promise<number> => {
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
      return value;
    };
    const recording = record(fromNdjsonFetch<number, number>(server.url, { project: inner, concurrent: 4 }));
    await recording.ended();
    expect(most).toBe(4);
    expect(recording.values).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('reads on while fewer run than may, and not once that many do', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200).flushHeaders();
    });
    const recording = record(
      fromNdjsonFetch<number, never>(server.url, {
        project: () => NEVER,
        concurrent: 3,
        observe: 'lifecycle',
      }),
    );
    const { response } = await server.exchange(1);
    for (let value = 1; value <= 5; value++) {
      response.write(`${value}\n`);
      await macrotasks();
    }
    expect(recording.values.slice(2)).toEqual(
      [2, 4, 6].map((loaded) => ({ type: 'progress', loaded, received: loaded })),
    );
  });

  it.each([1, 20])('and %i at a time, projects what came before a cut, then errors', async (concurrent) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200).write(Array.from({ length: 10 }, (_, index) => `${index}\n`).join(''));
    });
    const { hold, open, running } = gate();
    const recording = record(fromNdjsonFetch<number, number>(server.url, { project: hold, concurrent }));
    const { response, disconnected } = await server.exchange(1);
    while (running() < Math.min(concurrent, 10)) await macrotasks();

    response.socket?.resetAndDestroy();
    await disconnected;
    await macrotasks();
    expect(recording).toMatchObject({ values: [], outcome: undefined });

    open();
    await recording.ended();
    expect(recording.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(recording.error).toBeInstanceOf(StreamNetworkError);
    expect(recording.error).toMatchObject({ phase: 'body' });
  });
});
