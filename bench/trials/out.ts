import { createParser } from 'eventsource-parser';
import type { OpenOutlet } from '../contenders/outlet';
import { cpuTime } from '../cpuTime';
import { Digest, expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { valuesOf } from '../workloads/values';

/** Until everything that was sent has gone through the streams of everybody. */
const allSettled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Messages sent in bursts to clients that read all the time; each burst arrives before the next is sent. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { to, clients, burst, bursts } = params as Record<string, number> & { to: string };
  if (!clients || !burst || !bursts) throw new Error('expected clients, burst and bursts');
  const { open } = (await import(`../contenders/${to}/${contender}.ts`)) as { open: OpenOutlet };
  const messages = valuesOf('tick', 32 * burst).map((value) => JSON.stringify(value));

  /** Sends once everybody has connected, which is not timed, and gives what sending cost. */
  const sendAll = async (
    times: number,
    take: (chunk: Uint8Array, client: number) => void,
  ): Promise<number> => {
    const { bodies, send } = await open(clients);
    const readers = bodies.map((body) => body.getReader());
    const readOn = async (reader: (typeof readers)[number], client: number): Promise<void> => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        take(value, client);
      }
    };
    const ends = readers.map(readOn);
    await allSettled();
    const cpu = await cpuTime(async () => {
      for (let time = 0; time < times; time++) {
        for (let i = 0; i < burst; i++) send(messages[i % messages.length] ?? '');
        await allSettled();
      }
    });
    await Promise.all(readers.map((reader) => reader.cancel()));
    await Promise.all(ends);
    return cpu;
  };

  const sent = (times: number): Digest => {
    const digest = new Digest();
    for (let time = 0; time < times; time++) {
      for (let i = 0; i < burst; i++) digest.add(messages[i % messages.length] ?? '');
    }
    return digest;
  };

  return {
    size: clients * burst * bursts,
    async check() {
      const parsers = Array.from({ length: clients }, () => {
        const digest = new Digest();
        const decoder = new TextDecoder();
        const parser = createParser({
          onEvent: ({ data }) => {
            digest.add(data);
          },
        });
        return {
          digest,
          feed: (chunk: Uint8Array) => {
            parser.feed(decoder.decode(chunk, { stream: true }));
          },
        };
      });
      await sendAll(5, (chunk, client) => parsers[client]?.feed(chunk));
      for (const { digest } of parsers) expectSame(contender, digest, sent(5));
    },
    async run() {
      let bytes = 0;
      const cpu = await sendAll(bursts, (chunk) => {
        bytes += chunk.length;
      });
      const least = messages.join('').length * clients * bursts * Math.floor(burst / messages.length);
      expectSame(contender, bytes > least, true);
      return { cpu };
    },
  };
};
