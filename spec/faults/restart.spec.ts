import { EventSource as PackagedEventSource } from 'eventsource';
import type { Page } from 'playwright';
import { lastValueFrom, take } from 'rxjs';
import { fromEventSource, isHttpStatusError, isStreamServerError } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPage } from '../support/chromium';
import { installedChromium } from '../support/installedChromium';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { restartingFeed } from './restartingFeed';
import type { RestartingFeed } from './restartingFeed';

forbidUnhandledRejections();

/** Messages that a client has received so far. */
interface Seen {
  readonly messages: readonly string[];
  /** The end of the client's stream, once it does not reconnect any more. */
  readonly end?: unknown;
}

interface Client {
  readonly look: () => Seen | Promise<Seen>;
}

const byUs = (url: string): Client => {
  const messages: string[] = [];
  let end: unknown;
  const subscription = fromEventSource(url, { reconnect: { delay: 20, maxDelay: 200 } }).subscribe({
    next: ({ data }) => messages.push(data),
    error: (error: unknown) => {
      end = error;
    },
    complete: () => {
      end = 'completed';
    },
  });
  onTestFinished(() => {
    subscription.unsubscribe();
  });
  return { look: () => ({ messages, end }) };
};

const byPackage = (url: string): Client => {
  const messages: string[] = [];
  const source = new PackagedEventSource(url);
  source.onmessage = ({ data }: MessageEvent<string>) => messages.push(data);
  onTestFinished(() => {
    source.close();
  });
  return { look: () => ({ messages, end: source.readyState === 2 ? 'closed' : undefined }) };
};

/** In a page that has the origin of the server, and its own `EventSource`. */
const byBrowser = async (page: Page, url: string): Promise<Client> => {
  const seen = await page.evaluateHandle((address: string) => {
    const source = new EventSource(address);
    const messages: string[] = [];
    source.onmessage = ({ data }: MessageEvent<string>) => messages.push(data);
    return { source, messages };
  }, url);
  return {
    look: () =>
      seen.evaluate(({ source, messages }) => ({
        messages,
        end: source.readyState === 2 ? 'closed' : undefined,
      })),
  };
};

type Follow = (url: string) => Client | Promise<Client>;

/** Each is ready before there is a server: what is slow to start must not begin far behind the first number. */
const clients: Readonly<Record<string, (origin: string) => Promise<Follow>>> = {
  fromEventSource: () => Promise.resolve(byUs),
  'the package eventsource': () => Promise.resolve(byPackage),
  ...(installedChromium && {
    "Chromium's EventSource": async (origin: string) => {
      const page = await openPage(`${origin}/`, (opening) => {
        void opening.route('**/', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<title>page</title>' }),
        );
      });
      return (url: string) => byBrowser(page, url);
    },
  }),
};

const PATIENCE = { timeout: 30_000 };
/**
 * In its second life the feed holds more than it has sent in the first: nearly any number of a message would be a
 * place.
 */
const HELD = { first: 1, second: 100 };
const NUMBERS = { first: 1_000, second: 5 };

/** A feed that a client follows when its process is killed, and started anew with another history. */
async function restarted(
  path: string,
  open: (origin: string) => Promise<Follow>,
): Promise<{ feed: RestartingFeed; client: Client }> {
  const feed = await restartingFeed();
  const follow = await open(feed.origin);
  await feed.start('first', NUMBERS.first, HELD.first);
  const client = await follow(`${feed.origin}${path}?client=it`);
  await vi.waitFor(async () => {
    expect((await client.look()).messages.length).toBeGreaterThan(2);
  }, PATIENCE);
  await feed.kill();
  await feed.start('second', NUMBERS.second, HELD.second);
  return { feed, client };
}

/** The numbers that a client has seen of one life. */
const numbersOf = (life: string, { messages }: Seen): number[] =>
  messages.filter((message) => message.startsWith(life)).map((message) => Number(message.split(' ')[1]));

const expectInOrder = (numbers: readonly number[]): void => {
  const [start = 0] = numbers;
  expect(numbers).toEqual(numbers.map((_, index) => start + index));
};

/** So long that a client which comes back would have done so many times. */
const whileAnotherFollows = async ({ origin }: RestartingFeed): Promise<void> => {
  await lastValueFrom(fromEventSource(`${origin}/plain`).pipe(take(30)));
};

describe.each(Object.entries(clients))(
  '%s, when a server has restarted with another history',
  (name, open) => {
    const isOurs = name === 'fromEventSource';

    it('is told of the gap by a 410 with awaitFirst, and stays away', { timeout: 120_000 }, async () => {
      const { feed, client } = await restarted('/first', open);

      await vi.waitFor(async () => {
        expect((await client.look()).end).toBeDefined();
      }, PATIENCE);
      await whileAnotherFollows(feed);

      const seen = await client.look();
      if (isOurs) expect(isHttpStatusError(seen.end) && seen.end.status).toBe(410);
      expectInOrder(numbersOf('first', seen));
      expect(numbersOf('second', seen)).toEqual([]);
      expect((await feed.requests()).it).toBe(1);
    });

    it('sees no number at a wrong place without awaitFirst', { timeout: 120_000 }, async () => {
      const { feed, client } = await restarted('/plain', open);

      await vi.waitFor(async () => {
        expect((await feed.requests()).it).toBeGreaterThan(0);
      }, PATIENCE);
      await whileAnotherFollows(feed);

      const seen = await client.look();
      expectInOrder(numbersOf('first', seen));
      expect(numbersOf('second', seen)).toEqual([]);
      if (!isOurs) return;
      // The others know neither the words nor an end, and ask again.
      expect((await feed.requests()).it).toBe(1);
      expect(isStreamServerError(seen.end)).toBe(true);
      expect(String(seen.end)).not.toContain('Internal error');
    });

    it('goes on after a snapshot, in order', { timeout: 120_000 }, async () => {
      const { feed, client } = await restarted('/snapshot', open);

      await vi.waitFor(async () => {
        expect(numbersOf('second', await client.look()).length).toBeGreaterThan(20);
      }, PATIENCE);

      const seen = await client.look();
      expect(seen.end).toBeUndefined();
      expectInOrder(numbersOf('first', seen));
      expectInOrder(numbersOf('second', seen));
      // From the snapshot on, not from where the same number of messages stood in the first life.
      expect(numbersOf('second', seen)[0]).toBeGreaterThanOrEqual(NUMBERS.second + HELD.second - 1);
      expect((await feed.requests()).it).toBe(1);
    });
  },
);
