import { getEventListeners } from 'node:events';
import { NEVER, Subject } from 'rxjs';
import { StreamGapError, resumable, toSseBody, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { record } from '../support/recording';

const MEBIBYTE = 'x'.repeat(1024 * 1024);

const hostileIds = [
  ['a mebibyte', MEBIBYTE],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['hasOwnProperty', 'hasOwnProperty'],
  ['half a character', '\ud800'],
  ['a line break', '1\n\ndata: spoof\n\n'],
  ['NUL', '\0'],
  ['a number that is no id', '1e3'],
  ['an id with a space', ' 1'],
] as const;

function feedOf(onGap?: 'replay') {
  const source = new Subject<SseMessageInit>();
  const feed = resumable(source, { bufferSize: 3, onGap });
  const other = record(feed());
  for (const id of ['1', '2', '3', '4']) source.next({ id, data: id });
  return { source, feed, other };
}

describe('A client that asks to continue after', () => {
  it.each(hostileIds)('%s is told of a gap, in a short message, and no other client notices', (_, id) => {
    const { source, feed, other } = feedOf();
    const { error } = record(feed(id));
    expect(error).toBeInstanceOf(StreamGapError);
    expect(error).toMatchObject({ lastEventId: id, status: 410 });
    expect((error as Error).message.length).toBeLessThan(250);
    expect((error as Error).message).not.toMatch(/[\n\0]/);
    source.next({ id: '5', data: '5' });
    expect(other).toMatchObject({ values: { length: 5 }, outcome: undefined });
  });

  it.each(hostileIds)('%s gets what is held where that is the answer to a gap, and no more', (_, id) => {
    const { values } = record(feedOf('replay').feed(id));
    expect(values.map((message) => message.id)).toEqual(['2', '3', '4']);
  });

  it.each([
    ['in bytes that are no UTF-8', { 'last-event-id': '\xc3\x28\xff' }, ''],
    ['in characters that are no bytes of their own', { 'last-event-id': 'Ã' }, ''],
    ['of a mebibyte in a header', { 'last-event-id': MEBIBYTE }, ''],
    ['of a mebibyte in the query', {}, `?lastEventId=${MEBIBYTE}`],
    ['in a query that is no UTF-8', {}, '?lastEventId=%ED%A0%80%FF%'],
    ['with line breaks in the query', {}, '?lastEventId=1%0A%0Adata:%20spoof%0A%0A'],
    ['in a query of many', {}, `?${'lastEventId=x&'.repeat(10_000)}`],
  ])('an id %s is answered with 410, and not told it back', async (_, headers, query) => {
    const { feed } = feedOf();
    const request = new Request(`http://localhost/feed${query}`, { headers });
    const response = await toSseResponse(feed, { request, awaitFirst: true });
    expect(response.status).toBe(410);
    expect(await response.text()).toBe('What follows the last event ID is no longer available');
    const { text } = await drained(toSseBody(feed, { request }));
    expect(text).toBe(
      ':rxjs-http-streams\n\n:rxjs-http-streams error What follows the last event ID is no longer available\n\n',
    );
  });
});

describe('Ten thousand bodies under one signal', () => {
  it('take one listener of it, all end when it aborts, and none is left behind', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const readers = Array.from({ length: 10_000 }, () =>
      toSseBody(NEVER, { signal, heartbeat: 0 }).getReader(),
    );
    await Promise.all(readers.map((reader) => reader.read()));
    const ends = Promise.allSettled(readers.map((reader) => reader.read()));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    const reason = new Error('shutting down');
    controller.abort(reason);
    expect(new Set((await ends).map((end) => end.status === 'rejected' && (end.reason as unknown)))).toEqual(
      new Set([reason]),
    );
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('that were all left take none', async () => {
    const { signal } = new AbortController();
    const readers = Array.from({ length: 10_000 }, () =>
      toSseBody(NEVER, { signal, heartbeat: 0 }).getReader(),
    );
    await Promise.all(readers.map((reader) => reader.read()));
    await Promise.all(readers.map((reader) => reader.cancel()));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
