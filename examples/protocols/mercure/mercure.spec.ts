import { EventSource } from 'eventsource';
import { Observable, map, take } from 'rxjs';
import { resumable } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import type { HttpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import { webServer } from '../../../spec/support/webServer';
import { fromHub } from './fromHub';
import { serveHub } from './serveHub';

const update = (topic: string, n: number) => ({ topic, id: `urn:uuid:${n}`, data: `${topic} ${n}` });

function hub() {
  const updates = producer(update('books', 1), update('films', 2), update('books', 3));
  const feed = resumable(updates.source, { onGap: 'replay' });
  return { updates, server: webServer((request) => serveHub(feed, request)) };
}

/** Reads by the `EventSource` that browsers have. */
const standard = (url: string): Observable<string> =>
  new Observable((observer) => {
    const source = new EventSource(url);
    source.onmessage = ({ data }) => {
      observer.next(data as string);
    };
    return () => {
      source.close();
    };
  });

const readers: { name: string; read: (server: HttpServer, topics: string[]) => Observable<string> }[] = [
  {
    name: 'an EventSource',
    read: ({ url }, topics) =>
      standard(`${url}?${topics.map((topic) => `topic=${topic}`).join('&')}&lastEventID=earliest`),
  },
  {
    name: 'the reader',
    read: ({ url }, topics) =>
      fromHub(url, topics, { lastEventId: 'earliest' }).pipe(map(({ data }) => data)),
  },
];

describe.each(readers)('a hub, read by $name', ({ read }) => {
  it('sends all updates of its topics, and then each one', async () => {
    const { updates, server } = hub();
    const seen: string[] = [];
    await read(await server, ['books', 'songs'])
      .pipe(take(3))
      .forEach((data) => {
        seen.push(data);
        if (seen.length !== 2) return;
        updates.next(update('films', 4));
        updates.next(update('songs', 5));
      });
    expect(seen).toEqual(['books 1', 'books 3', 'songs 5']);
    await (await server).disconnected(1);
  });

  it('continues after a cut behind the last update that has come', async () => {
    const { updates, server } = hub();
    const { exchanges } = await server;
    const seen: string[] = [];
    await read(await server, ['books'])
      .pipe(take(3))
      .forEach((data) => {
        seen.push(data);
        if (seen.length !== 2) return;
        exchanges[0]?.response.destroy();
        updates.next(update('books', 4));
      });
    expect(seen).toEqual(['books 1', 'books 3', 'books 4']);
    expect(exchanges).toHaveLength(2);
  });
});
