import { setTimeout } from 'node:timers/promises';
import { Subject } from 'rxjs';
import { bodyOf } from '../contenders/outlet';
import { library } from '../library';
import { held } from '../footprint';
import type { Measures, TrialModule } from '../trial';

const { resumable, toSseResponse } = library;

const KIB = 1024;
/** Interval of the messages for the client that is live, in milliseconds. */
const LIVE_EVERY = 2;
/** For how long the waits of others are looked at, in milliseconds: before, and after the others have resumed. */
const QUIET = 300;
const WATCHED = 1_000;

/**
 * The longest time between two calls, in milliseconds, what other processes took of it left out: either nothing of it
 * was this process's, or all of it.
 */
class Waits {
  longest = 0;
  private at = performance.now();
  private cpu = process.cpuUsage();

  readonly call = (): void => {
    const { user, system } = process.cpuUsage(this.cpu);
    this.longest = Math.max(this.longest, Math.min(performance.now() - this.at, (user + system) / 1000));
    this.start();
  };

  start(): void {
    this.at = performance.now();
    this.cpu = process.cpuUsage();
  }
}

const request = (lastEventId?: string): Request =>
  new Request(
    'http://localhost/',
    lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } },
  );

/**
 * Clients that resume everything that a feed holds, read one chunk, and never read again: the heap of each, the time
 * until its first byte, and how long a live client of the feed and a timer had to wait meanwhile.
 */
export const createTrial: TrialModule['createTrial'] = (params) => {
  const { clients, bytes } = params as Readonly<Record<string, number>>;
  if (!clients || !bytes) throw new Error('expected clients and bytes');
  const count = bytes / KIB;
  const messageSubject = new Subject<{ id: string; data: string }>();
  const feed = resumable(messageSubject, { bufferSize: count + 10_000 });
  let sent = 0;
  const send = (text: string): void => {
    messageSubject.next({ id: `m-${++sent}`, data: text });
  };

  /** Follows the feed as a client that reads at once. */
  const follow = async (chunk: () => void): Promise<void> => {
    const reader = bodyOf(toSseResponse(feed, { request: request() })).getReader();
    while (!(await reader.read()).done) chunk();
  };

  return Promise.resolve({
    size: clients,
    cold: true,
    check: () => Promise.resolve(),
    async run(): Promise<Measures> {
      const live = new Waits();
      const timer = new Waits();
      void follow(live.call);
      await setTimeout(QUIET);
      for (let index = 0; index < count; index++) {
        send(`${index}`.padEnd(KIB, ' lorem ipsum dolor sit amet'));
        // The live client takes its part, as messages that come one at a time are taken.
        if (index % 100 === 0) await setTimeout(0);
      }
      const ticking = setInterval(() => {
        send('tick');
      }, LIVE_EVERY);
      const timing = setInterval(timer.call, 1);
      await setTimeout(QUIET);
      const before = await held();
      await setTimeout(QUIET);
      for (const waits of [live, timer]) {
        waits.start();
        waits.longest = 0;
      }

      const kept: unknown[] = [];
      const start = performance.now();
      const cpu = process.cpuUsage();
      let firstByte = 0;
      await Promise.all(
        Array.from({ length: clients }, async () => {
          const reader = bodyOf(toSseResponse(feed, { request: request('m-1') })).getReader();
          await reader.read();
          kept.push(reader);
          const { user, system } = process.cpuUsage(cpu);
          firstByte = Math.max(firstByte, Math.min(performance.now() - start, (user + system) / 1000));
        }),
      );
      await setTimeout(WATCHED);
      const waited = { 'ms a live client waits': live.longest, 'ms a timer waits': timer.longest };
      clearInterval(ticking);
      clearInterval(timing);
      const grown = (await held()) - before;
      return {
        'KiB a client': grown / KIB / kept.length,
        'ms to the first byte': firstByte,
        ...waited,
      };
    },
  });
};
