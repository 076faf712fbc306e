import { Subject, concatMap, firstValueFrom, map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch, isHttpStreamError } from 'rxjs-http-streams';
import { record } from '../support/recording';

/** One thing that a platform does with a body of ours, as a client on another platform sees it. */
interface BodyCase {
  readonly name: string;
  readonly expected: string;
  readonly run: (server: Server) => Promise<string>;
}

interface Server {
  readonly at: (path: string) => string;
  readonly source: () => Promise<{ open: number; pulled: number }>;
  readonly confirm: () => Promise<unknown>;
}

const pause = (ms: number): Promise<unknown> => firstValueFrom(timer(ms));

async function told(source: Observable<unknown>): Promise<string> {
  const recording = record(source);
  await recording.ended();
  const { values, outcome, error } = recording;
  return [...values, isHttpStreamError(error) ? error.name : outcome].join(' ');
}

const live = (path: string, read: (url: string) => Observable<unknown>): BodyCase => ({
  name: `serve ${path.slice(6)}: each value when it is emitted`,
  expected: '1 2 complete',
  run: ({ at, confirm }) =>
    told(read(at(path)).pipe(concatMap(async (value, index) => (index === 0 && (await confirm()), value)))),
});

const leaving = (name: string, path: string, value: number): BodyCase => ({
  name: `a client leaves ${name}: its source is unsubscribed`,
  expected: 'left',
  run: async ({ at, source }) => {
    const recording = record(fromEventSource(at(path)));
    await recording.received(value);
    recording.subscription.unsubscribe();
    for (let turn = 0; turn < 200; turn++) {
      if ((await source()).open === 0) return 'left';
      await pause(50);
    }
    return 'subscribed';
  },
});

const data = (url: string): Observable<string> =>
  fromEventSource(url, { reconnect: false }).pipe(map((message) => message.data));

/** What the bodies do on any platform; it is run from outside of it. */
export const bodyCases: readonly BodyCase[] = [
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
      for (let turn = 0; turn < 100; turn++) {
        if ((await source()).open === 0) return `${how}, left`;
        await pause(50);
      }
      return `${how}, kept`;
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
    bodyCases.map(async ({ name, run }, index): Promise<[string, string]> => {
      const ask = async (path: string): Promise<unknown> =>
        (await fetch(`${origin}${path}?case${index}`)).json();
      const outcome = run({
        at: (path) => `${origin}${path}?case${index}`,
        source: () => ask('/source') as ReturnType<Server['source']>,
        confirm: () => ask('/confirm'),
      }).catch((error: unknown) => `failed: ${String(error)}`);
      return [name, await Promise.race([outcome, pause(30_000).then(() => 'not within 30 s')])];
    }),
  );
  return new Map(seen);
}
