import { map } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { absentClient } from './absentClient';
import { BUFFERS } from './flood';
import type { Handler } from './frameworks';
import type { HttpServer } from './httpServer';
import { producer } from './producer';
import { pulledFlood } from './pulledFlood';
import { record } from './recording';

/**
 * Specs of responses that hold for every server, and for every proxy in between.
 *
 * @param connections - The number of connections between the client and the source, each with buffers of its own.
 */
export function itDeliversLive(
  serving: (handler: Handler) => Promise<Pick<HttpServer, 'url' | 'exchanges'>>,
  connections = 1,
): void {
  it('answers before the source of messages has given any', async () => {
    const silent = producer<string>();
    const { url } = await serving((request) => toSseResponse(silent.source, { request, heartbeat: 0 }));
    const response = await fetch(url);
    expect(response.ok).toBe(true);
    await response.body?.cancel();
    await silent.observedBy(0);
  });

  it('delivers each message while the next is not yet made, and then an end that is not reconnected', async () => {
    const messages = producer('a');
    const { url, exchanges } = await serving((request) => toSseResponse(messages.source, { request }));
    const recording = record(fromEventSource(url).pipe(map(({ data }) => data)));
    await recording.received(1);
    messages.next('b');
    await recording.received(2);
    messages.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
    expect(exchanges).toHaveLength(1);
    await messages.observedBy(0);
  });

  it('delivers each row while the next is not yet made, and then the end', async () => {
    const rows = producer({ row: 1 });
    const { url } = await serving((request) =>
      toNdjsonResponse(rows.source, { request, terminal: 'notification' }),
    );
    const recording = record(fromNdjsonFetch(url, { terminal: 'notification' }));
    await recording.received(1);
    rows.next({ row: 2 });
    await recording.received(2);
    rows.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ row: 1 }, { row: 2 }], outcome: 'complete' });
  });

  it('delivers each text while the next is not yet made, and then the end', async () => {
    const words = producer('Grüße ');
    const { url } = await serving((request) => toChunkedResponse(words.source, { request }));
    const recording = record(fromChunkedFetch(url));
    await recording.received(1);
    words.next('日本');
    await recording.received(2);
    words.complete();
    await recording.ended();
    expect(recording).toMatchObject({ values: ['Grüße ', '日本'], outcome: 'complete' });
  });

  it('lets go of a quiet source when the client leaves, without a write', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });

  it('pulls a generator no faster than the client reads, and ends it when the client leaves', async () => {
    const flood = pulledFlood();
    const { url } = await serving((request) => toChunkedResponse(flood.source, { request }));
    const client = absentClient(url);
    await flood.heldBack();
    expect(flood.pulled()).toBeLessThan(connections * BUFFERS);
    client.leave();
    await flood.left;
  });
}
