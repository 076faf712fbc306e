import { createParser } from 'eventsource-parser';
import type { OpenOutlet, Outlet } from '../contenders/outlet';
import { Digest, expectSame } from '../digest';
import type { Bursts } from './bursts';

/** Clients in this process that read all the time. */
export interface Audience extends Pick<Outlet, 'send'> {
  readonly leave: () => Promise<void>;
}

/** Waits until everything that was sent has gone through the streams of all clients. */
export const allSettled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Connects as many clients as are asked for, each of which hands over what it reads. */
export async function audienceOf(
  open: OpenOutlet,
  clients: number,
  take: (chunk: Uint8Array, client: number) => void,
): Promise<Audience> {
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
  return {
    send,
    async leave() {
      await Promise.all(readers.map((reader) => reader.cancel()));
      await Promise.all(ends);
    },
  };
}

/** Throws unless every client sees every message of some bursts, in order and as it was sent. */
export async function checkAudience(
  contender: string,
  open: OpenOutlet,
  clients: number,
  bursts: Bursts,
): Promise<void> {
  const BURSTS = 5;
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
  const { send, leave } = await audienceOf(open, clients, (chunk, client) => parsers[client]?.feed(chunk));
  for (let burst = 0; burst < BURSTS; burst++) {
    bursts.sendTo(send);
    await allSettled();
  }
  await leave();
  for (const { digest } of parsers) expectSame(contender, digest, bursts.digest(BURSTS));
}
