import { Subject, concatMap, firstValueFrom, map, race, take, tap, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { Traffic } from './origin';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { pause, seenIn, told, until } from './portableCase';
import type { PortableCase } from './portableCase';

/** The server of one case. */
export interface Origin {
  readonly at: (path: string) => string;
  readonly traffic: () => Promise<Traffic>;
  /** Tells the server to go on; waits until it is there. */
  readonly confirm: () => Promise<void>;
}

export function originOf(origin: string, tag: string): Origin {
  const ask = async (path: string): Promise<unknown> => (await fetch(`${origin}${path}?${tag}`)).json();
  return {
    at: (path) => `${origin}${path}?${tag}`,
    traffic: () => ask('/traffic') as Promise<Traffic>,
    confirm: async () => {
      if (!(await until(() => ask('/confirm'), Boolean))) throw new Error('nobody waited to be confirmed');
    },
  };
}

/** A browser may drop what it has when the cut comes with it. */
const confirmSoon = (confirm: Origin['confirm']): void => {
  void pause(50).then(confirm);
};

/** Whether the second half comes, which is sent when the first has. */
const live = (path: string, read: (url: string) => Observable<unknown>): PortableCase<Origin> => ({
  name: `read ${path.slice(6)}: each value when it is sent`,
  expected: '1 2 complete',
  run: async ({ at, confirm }) => {
    const values$ = read(at(path)).pipe(
      concatMap(async (value, index) => (index === 0 && (await confirm()), value)),
    );
    return told(values$);
  },
});

/** Leaves when something has happened, and sees whether the server sees that. */
const leaving = (
  name: string,
  path: string,
  when: 'connecting' | 'open' | 'value',
): PortableCase<Origin> => ({
  name: `leave ${name}: the connection is closed`,
  expected: 'closed',
  run: async ({ at, traffic }) => {
    const reached = new Subject<void>();
    const subscription = fromEventSource(at(path), { observe: 'lifecycle' }).subscribe({
      next: ({ type }) => {
        if (type === when) reached.next();
      },
      error: (error: unknown) => {
        reached.error(error);
      },
    });
    if (when === 'connecting') await until(traffic, ({ open }) => open === 1);
    else await firstValueFrom(race(reached, timer(8_000)));
    subscription.unsubscribe();
    return (await until(traffic, ({ open, requests }) => requests === 1 && open === 0)) ? 'closed' : 'open';
  },
});

const ending = (
  name: string,
  path: string,
  expected: string,
  { confirmed = false }: { readonly confirmed?: boolean } = {},
): PortableCase<Origin> => ({
  name,
  expected,
  run: ({ at, confirm }) =>
    told(
      fromNdjsonFetch(at(path)).pipe(
        tap(() => {
          if (confirmed) confirmSoon(confirm);
        }),
      ),
    ),
});

/** Sends an upload without an end, and sees whether its source is released. */
const uploading = (
  name: string,
  path: string,
  end: (recording: Recording<unknown>, origin: Origin) => Promise<unknown>,
): PortableCase<Origin> => ({
  name: `an upload that ${name}: its source is released`,
  expected: 'released',
  run: async (origin) => {
    let left = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await pause(20);
          controller.enqueue(new Uint8Array(1024));
        },
        cancel: () => {
          left = true;
        },
      },
      { highWaterMark: 0 },
    );
    const recording = record(fromNdjsonFetch(origin.at(path), { method: 'POST', body }));
    await end(recording, origin);
    return (await until(() => Promise.resolve(left), Boolean)) ? 'released' : 'kept';
  },
});

/** More bytes than the buffers of a connection, and less than `/flood` has. */
const AHEAD = 32 * 1024 * 1024;

/** Cases of readers that hold on any platform; they run inside of the platform. */
export const readerCases: readonly PortableCase<Origin>[] = [
  live('/live/sse', (url) => fromEventSource(url, { reconnect: false }).pipe(map(({ data }) => data))),
  live('/live/ndjson', (url) => fromNdjsonFetch(url)),
  live('/live/text', (url) => fromChunkedFetch(url)),
  live('/live/gzip', (url) => fromNdjsonFetch(url)),
  {
    name: 'leave before the request is out: no connection stays',
    expected: 'closed',
    run: async ({ at, traffic }) => {
      fromEventSource(at('/quiet')).subscribe().unsubscribe();
      await pause(200);
      return (await until(traffic, ({ open }) => open === 0)) ? 'closed' : 'open';
    },
  },
  leaving('before the response', '/unanswered', 'connecting'),
  leaving('at the headers', '/silent', 'open'),
  leaving('in mid-body', '/busy', 'value'),
  leaving('a stream gone quiet', '/quiet', 'value'),
  {
    name: 'reconnect: every message once, over ends and cuts',
    expected: '1 2 3 4 5 6 7 8 9 10 11 12 complete; asked from , 3, 6, 9',
    run: async ({ at, confirm, traffic }) => {
      const numbers$ = fromEventSource(at('/numbers')).pipe(
        map(({ data }) => Number(data)),
        tap((number) => {
          if (number % 3 === 0 && number < 12) confirmSoon(confirm);
        }),
        take(12),
      );
      const seen = await told(numbers$);
      return `${seen}; asked from ${(await traffic()).lastEventIds.join(', ')}`;
    },
  },
  ending('a whole body: completes', '/whole', '1 complete'),
  ending('a body that ends within a value: `StreamTruncatedError`', '/half', '1 StreamTruncatedError'),
  ending('a chunked body that is cut: `StreamNetworkError`', '/cut/chunked', '1 StreamNetworkError', {
    confirmed: true,
  }),
  ending('a counted body that is cut: `StreamNetworkError`', '/cut/counted', '1 StreamNetworkError', {
    confirmed: true,
  }),
  ending('a refusal: `HttpStatusError`', '/refused', 'HttpStatusError'),
  uploading('is refused early', '/upload/refused', (recording) => recording.ended()),
  uploading('is unsubscribed', '/upload/taken', async ({ subscription }, { traffic }) => {
    await until(traffic, ({ written }) => written > 0);
    subscription.unsubscribe();
  }),
  {
    name: '204: completes, and stays away',
    expected: 'complete; 1 requests',
    run: async ({ at, traffic }) => {
      const seen = await told(fromEventSource(at('/stop')));
      return `${seen}; ${(await traffic()).requests} requests`;
    },
  },
  {
    name: 'a slow reader: the server waits',
    expected: 'waits',
    run: async ({ at, traffic }) => {
      const held = new Subject<void>();
      const reading = fromNdjsonFetch(at('/flood'), { project: () => held }).subscribe();
      await until(traffic, ({ written }) => written > 0);
      // The network is full when no more goes in for a while; how far a busy machine got says nothing.
      let looks: number[] = [];
      await until(
        async () => {
          await pause(500);
          looks = [(await traffic()).written, ...looks].slice(0, 4);
          return looks;
        },
        ([now, ...before]) => now! > AHEAD || (before.length === 3 && before.every((then) => then === now)),
      );
      reading.unsubscribe();
      return looks[0]! > AHEAD ? 'reads ahead' : 'waits';
    },
  },
];

/** Runs them one after the other, and hands on what was seen. */
export async function runReaderCases(
  origin: string,
  tell: (name: string, seen: string) => void,
): Promise<void> {
  for (const [index, portableCase] of readerCases.entries()) {
    tell(portableCase.name, await seenIn(portableCase, originOf(origin, `case${index}`)));
  }
}
