import { map } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listeners } from '../../examples/frameworks/listeners';
import { toListener } from '../../examples/serving/toListener';
import { commandRun } from '../support/commandRun';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { listening } from './served';

forbidUnhandledRejections();
beforeEach(() => {
  // Some print that a client has left.
  vi.spyOn(console, 'error').mockReturnValue();
  return () => vi.restoreAllMocks();
});

/** Its source is a module: a file of routes exports routes alone. */
const next: (typeof listeners)[string] = async (tick$) => {
  const folder = '../../examples/frameworks/next/app/api/stream';
  vi.resetModules();
  vi.doMock(`${folder}/ticks`, () => ({ tick$ }));
  const { GET } = (await import(`${folder}/route`)) as { GET: (request: Request) => Response };
  return toListener(GET);
};

describe.each(Object.entries({ ...listeners, next }))('the example for %s', (_, listener) => {
  async function serving(): Promise<Producer<SseMessageInit> & { url: string }> {
    const messages = producer<SseMessageInit>({ data: 'a' });
    const { origin } = await listening(await listener(messages.source));
    return { ...messages, url: `${origin}/ticks` };
  }

  it('delivers each message while the next is not yet made, and then the end', async () => {
    const { url, next, complete, subscriptions, observedBy } = await serving();

    const recording = record(fromEventSource(url).pipe(map(({ data }) => data)));
    await recording.received(1);
    next({ data: 'b' });
    await recording.received(2);
    complete();
    await recording.ended();

    expect(recording).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
    expect(subscriptions()).toBe(1);
    await observedBy(0);
  });

  it('lets go of its source when the client leaves between two messages', async () => {
    const { url, observedBy } = await serving();

    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();

    await observedBy(0);
  });

  it('goes on for a second client when the first has left', async () => {
    const { url, next, observedBy } = await serving();

    const [first, second] = [record(fromEventSource(url)), record(fromEventSource(url))];
    await Promise.all([first.received(1), second.received(1)]);
    first.subscription.unsubscribe();
    await observedBy(1);
    next({ data: 'b' });

    await second.received(2);
  });

  it('answers HEAD with the headers alone, and leaves the source alone', async () => {
    const { url, subscriptions } = await serving();

    const response = await fetch(url, { method: 'HEAD' });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream(;|$)/);
    expect(await response.text()).toBe('');
    expect(subscriptions()).toBe(0);
  });
});

describe('npx tsx examples/frameworks/main.ts', () => {
  it('reads three messages of the framework that is named', async () => {
    expect(await commandRun('examples/frameworks/main.ts', ['express']).ended).toEqual({
      exitCode: 0,
      output: 'express: {"n":0}\nexpress: {"n":1}\nexpress: {"n":2}\n',
      complaints: '',
    });
  });
});
