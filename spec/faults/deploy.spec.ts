import { EventSource as PackagedEventSource } from 'eventsource';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openPage } from '../support/chromium';
import { http2Fetch } from '../support/http2Fetch';
import { installedChromium } from '../support/installedChromium';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { deployedFeed } from './deployedFeed';

forbidUnhandledRejections();

/** Messages that a client has received so far. */
interface Seen {
  readonly numbers: readonly number[];
  /** Connections that have opened. */
  readonly opened: number;
  /** Set once the client does not come back any more. */
  readonly end?: unknown;
}

/** Tells of all clients of a kind. */
type Look = () => Promise<readonly Seen[]>;

const byUs = (url: string, count: number, fetchOf?: (index: number) => StreamFetch): Look => {
  const clients = Array.from({ length: count }, (_, index) => {
    const client = { numbers: [] as number[], opened: 0, end: undefined as unknown };
    const subscription = fromEventSource(url, {
      observe: 'lifecycle',
      ...(fetchOf && { fetch: fetchOf(index) }),
    }).subscribe({
      next: (event) => {
        if (event.type === 'open') client.opened++;
        if (event.type === 'value') client.numbers.push(Number(event.value.id));
      },
      error: (error: unknown) => {
        client.end = error;
      },
      complete: () => {
        client.end = 'completed';
      },
    });
    onTestFinished(() => {
      subscription.unsubscribe();
    });
    return client;
  });
  return () => Promise.resolve(clients);
};

const byPackage = (url: string, count: number): Look => {
  const clients = Array.from({ length: count }, () => {
    const client = { numbers: [] as number[], opened: 0, end: undefined as unknown };
    const source = new PackagedEventSource(url);
    source.onopen = () => {
      client.opened++;
    };
    source.onmessage = ({ lastEventId }: MessageEvent) => client.numbers.push(Number(lastEventId));
    source.onerror = () => {
      if (source.readyState === 2) client.end = 'closed';
    };
    onTestFinished(() => {
      source.close();
    });
    return client;
  });
  return () => Promise.resolve(clients);
};

/** In a page that has the origin of the server. */
const byBrowser = async (origin: string, path: string, count: number): Promise<Look> => {
  const page = await openPage(`${origin}/`, (opening) => {
    void opening.route('**/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>page</title>' }),
    );
  });
  const clients = await page.evaluateHandle(
    ([url, length]) =>
      Array.from({ length }, () => {
        const client = { numbers: [] as number[], opened: 0, end: undefined as unknown };
        const source = new EventSource(url);
        source.onopen = () => {
          client.opened++;
        };
        source.onmessage = ({ lastEventId }) => client.numbers.push(Number(lastEventId));
        source.onerror = () => {
          if (source.readyState === 2) client.end = 'closed';
        };
        return client;
      }),
    [`${origin}${path}`, count] as const,
  );
  return () => clients.evaluate((all) => all);
};

const WITHIN = 3_000;
/** Chromium opens six connections to a server, and one of them stays for the page. */
const COUNTS = installedChromium
  ? { ours: 125, http2: 30, packaged: 40, browser: 5 }
  : { ours: 130, http2: 30, packaged: 40, browser: 0 };
const CLIENTS = Object.values(COUNTS).reduce((sum, count) => sum + count);
const DEPLOYS = 2;

it('200 clients go on at the next process, with nothing lost, and none comes back to the dying one', async () => {
  const feed = await deployedFeed(WITHIN);
  const [http1, http2] = feed.origins;
  await feed.deploy();
  const sessions = Array.from({ length: 3 }, http2Fetch);
  const looks = [
    byUs(`${http1}/numbers`, COUNTS.ours),
    byUs(`${http2}/numbers`, COUNTS.http2, (index) => sessions[index % sessions.length]!),
    byPackage(`${http1}/numbers`, COUNTS.packaged),
    ...(COUNTS.browser ? [await byBrowser(http1, '/numbers', COUNTS.browser)] : []),
  ];
  const look = async (): Promise<readonly Seen[]> => (await Promise.all(looks.map((one) => one()))).flat();
  /** Waits until each client has opened so many connections, and seen a few numbers more than before. */
  const haveMoved = async (connections: number): Promise<void> => {
    const before = (await look()).map(({ numbers }) => numbers.length);
    await vi.waitFor(
      async () => {
        const all = await look();
        const late = all.filter(
          ({ numbers, opened }, index) => opened < connections || numbers.length < before[index]! + 5,
        );
        expect(late).toEqual([]);
      },
      { timeout: 60_000, interval: 500 },
    );
  };

  await haveMoved(1);
  for (let deploys = 1; deploys <= DEPLOYS; deploys++) {
    const goodbye = await feed.deploy();
    expect(goodbye).toMatchObject({ code: 0, requests: 0 });
    expect(goodbye?.tookAfterDrain).toBeLessThan(1_000);
    expect(goodbye?.took).toBeLessThan(WITHIN + 1_500);
    await haveMoved(deploys + 1);
  }

  const all = await look();
  expect(all).toHaveLength(CLIENTS);
  for (const { numbers, opened, end } of all) {
    expect(end).toBeUndefined();
    // One connection at each process: no knocking in between.
    expect(opened).toBe(DEPLOYS + 1);
    const [first = NaN] = numbers;
    expect(numbers).toEqual(numbers.map((_, index) => first + index));
  }
});
