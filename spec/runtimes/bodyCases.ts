import { Subject, concatMap, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import { record } from '../support/recording';
import { pause, seenIn, told, until } from './portableCase';
import type { PortableCase } from './portableCase';

/** Serves the bodies of one case, on the platform under test. */
interface Server {
  readonly at: (path: string) => string;
  readonly source: () => Promise<{ open: number; pulled: number }>;
  readonly confirm: () => Promise<unknown>;
}

const live = (path: string, read: (url: string) => Observable<unknown>): PortableCase<Server> => ({
  name: `serve ${path.slice(6)}: each value when it is emitted`,
  expected: '1 2 complete',
  run: ({ at, confirm }) =>
    told(read(at(path)).pipe(concatMap(async (value, index) => (index === 0 && (await confirm()), value)))),
});

const leaving = (name: string, path: string, value: number): PortableCase<Server> => ({
  name: `a client leaves ${name}: its source is unsubscribed`,
  expected: 'left',
  run: async ({ at, source }) => {
    const recording = record(fromEventSource(at(path)));
    await recording.received(value);
    recording.subscription.unsubscribe();
    return (await until(source, ({ open }) => open === 0)) ? 'left' : 'subscribed';
  },
});

const data = (url: string): Observable<string> =>
  fromEventSource(url, { reconnect: false }).pipe(map((message) => message.data));

/** Cases of bodies that hold on any platform; they run outside of the platform. */
export const bodyCases: readonly PortableCase<Server>[] = [
  live('/live/sse', data),
  live('/live/ndjson', (url) => fromNdjsonFetch(url)),
  live('/live/text', (url) => fromChunkedFetch(url)),
  leaving('in mid-body', '/busy', 3),
  leaving('a stream gone quiet', '/quiet', 1),
  {
    name: 'a slow client holds a pulled source back, and ends it when it leaves',
    expected: 'held back, left',
    run: async ({ at, source }) => {
      const held = new Subject<void>();
      const reading = fromNdjsonFetch(at('/flood'), { project: () => held }).subscribe();
      let before = -1;
      let now = 0;
      while (now !== before) {
        before = now;
        await pause(500);
        now = (await source()).pulled;
      }
      reading.unsubscribe();
      const how = now > 0 && now < 512 ? 'held back' : `made ${now} of 1024`;
      return `${how}, ${(await until(source, ({ open }) => open === 0)) ? 'left' : 'kept'}`;
    },
  },
  {
    name: 'a source completes: the client does',
    expected: '1 2 complete',
    run: ({ at }) => told(data(at('/whole'))),
  },
  {
    name: 'a source fails, SSE: `StreamServerError`',
    expected: '1 StreamServerError',
    run: ({ at }) => told(data(at('/failing'))),
  },
  {
    name: 'a source fails, NDJSON: `StreamServerError`',
    expected: '1 StreamServerError',
    run: ({ at }) => told(fromNdjsonFetch(at('/failing/rows'), { terminal: 'notification' })),
  },
  {
    name: 'a source fails, text: `StreamNetworkError`',
    expected: '1 StreamNetworkError',
    run: ({ at }) => told(fromChunkedFetch(at('/failing/text'))),
  },
  {
    name: 'a source fails at once, `awaitFirst`: `HttpStatusError`',
    expected: 'HttpStatusError',
    run: ({ at }) => told(data(at('/failing/first'))),
  },
  {
    name: 'a Last-Event-ID reaches the source',
    expected: 'after 7 complete',
    run: ({ at }) =>
      told(
        fromEventSource(at('/after'), { lastEventId: '7', reconnect: false }).pipe(
          map((message) => message.data),
        ),
      ),
  },
  {
    name: '`sseStop()`: the client stays away',
    expected: 'complete',
    run: ({ at }) => told(fromEventSource(at('/stop'))),
  },
];

/** Runs them side by side, as each has sources of its own. */
export async function runBodyCases(origin: string): Promise<Map<string, string>> {
  const seen = await Promise.all(
    bodyCases.map(async (portableCase, index): Promise<[string, string]> => {
      const ask = async (path: string): Promise<unknown> =>
        (await fetch(`${origin}${path}?case${index}`)).json();
      const server: Server = {
        at: (path) => `${origin}${path}?case${index}`,
        source: () => ask('/source') as ReturnType<Server['source']>,
        confirm: () => ask('/confirm'),
      };
      return [portableCase.name, await seenIn(portableCase, server)];
    }),
  );
  return new Map(seen);
}
