import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Subject, defer, filter, finalize, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { isStreamOverflowError, resumable, toSseResponse } from 'rxjs-http-streams';
import type { SseBodyValue } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { footprint, held } from '../../bench/footprint';
import type { Footprint } from '../../bench/footprint';
import { BURST, BURST_EVERY, CUTS, LOADS, MAX_AWAY, READERS, RETRY, STALL_TIMEOUT } from './plan';
import type { Behaviour } from './plan';
import { obey } from '../../bench/remote';

/** The server of the soak, in a process of its own: one feed of numbered messages for everybody. */

/** Counts of the server so far. */
export interface Served extends Footprint {
  /** Subscriptions of clients to the feed. */
  readonly subscriptions: number;
  /** Subscriptions of the feed to its source. */
  readonly sources: number;
  readonly requests: Readonly<Record<Behaviour, number>>;
  /** Clients that were cut off because they did not read, by the option that says so. */
  readonly tooSlow: Readonly<Record<string, number>>;
  /** The 99th percentile of the delay of the event loop while messages were sent, in milliseconds. */
  readonly delay: number;
  /** Of the time in which the event loop had something to do, how much it had a processor for, as a share. */
  readonly processor: number;
}

interface Message {
  /** Of the log of the feed. */
  readonly id?: string;
  readonly data: { readonly n: number; readonly text: string };
}

const TEXT =
  'a hundred characters or so are what the messages of a chat, a price or a sensor are made of, often';

/** Number of times that a burst may be put off. */
const MAX_WAITS = 200;

const requests: Record<Behaviour, number> = { staying: 0, leaving: 0, severed: 0, stalling: 0, flooded: 0 };
const tooSlow: Record<string, number> = {};
const severable = new Set<AbortController>();
const delay = monitorEventLoopDelay({ resolution: 10 });
let active = 0;
let cpu = 0;
let sent = 0;
/** By what the clients do that have them. */
const subscriptions: Record<Behaviour, number> = { ...requests };
let sources = 0;

const messageSubject = new Subject<Message>();
const source$ = defer(() => {
  sources++;
  return messageSubject.pipe(
    finalize(() => {
      sources--;
    }),
  );
});

// A client that returns after a message which is not held any more has lost something, and sees it by the numbers.
const feed = resumable(source$, { from: 'start', onGap: 'replay', resetOnRefCountZero: true });

const load = (bytes: number): Uint8Array => new TextEncoder().encode(`data: ${'x'.repeat(bytes)}\n\n`);
const loads = { stalling: load(LOADS.stalling.bytes), flooded: load(LOADS.flooded.bytes) };

/**
 * Gives a client its messages. Those that stay and those that are cut off have a place in the feed; those that leave
 * get it through an operator, which is pushed; those that never read get more than their sockets take.
 */
function messagesFor(behaviour: Behaviour, lastEventId: string | undefined): Observable<SseBodyValue> {
  const message$ = feed(lastEventId);
  switch (behaviour) {
    case 'leaving':
      return message$.pipe(map(({ id, data }) => ({ id, data })));
    case 'stalling':
    case 'flooded':
      return message$.pipe(
        filter((_, index) => index < LOADS[behaviour].count),
        map(() => loads[behaviour]),
      );
    default:
      return message$;
  }
}

const listener = nodeHandler((request) => {
  const behaviour = new URL(request.url).searchParams.get('client') as Behaviour;
  requests[behaviour]++;
  const severing = new AbortController();
  return toSseResponse(
    (lastEventId) => {
      subscriptions[behaviour]++;
      if (behaviour === 'severed') severable.add(severing);
      return messagesFor(behaviour, lastEventId);
    },
    {
      request,
      signal: severing.signal,
      retry: RETRY,
      stallTimeout: STALL_TIMEOUT,
      // An operator would count as well, but hide the feed from the body.
      onEnd: ({ error }) => {
        subscriptions[behaviour]--;
        severable.delete(severing);
        countTooSlow(error);
      },
    },
  );
});

const server = createServer(listener);

function countTooSlow(error: unknown): void {
  if (!isStreamOverflowError(error)) return;
  const [, option = ''] = /for (\w+)/.exec(error.message) ?? [];
  tooSlow[option] = (tooSlow[option] ?? 0) + 1;
}

const reading = (): number => subscriptions.staying + subscriptions.leaving + subscriptions.severed;

/** Cuts off those that have been there for the longest time. */
function sever(): void {
  for (const severing of [...severable].slice(0, CUTS)) severing.abort(new Error('cut off'));
}

function sendBurst(): void {
  for (let i = 0; i < BURST; i++) {
    const n = ++sent;
    messageSubject.next({ data: { n, text: TEXT } });
  }
}

/** Sends whole bursts, the next when enough of those that were cut off or have left are back. */
async function send(count: number): Promise<void> {
  const utilization = performance.eventLoopUtilization();
  const usage = process.cpuUsage();
  delay.enable();
  for (let burst = 0; burst * BURST < count; burst++) {
    let waits = 0;
    do await setTimeout(BURST_EVERY);
    while (READERS - reading() > MAX_AWAY && ++waits < MAX_WAITS);
    sendBurst();
    sever();
  }
  delay.disable();
  const { user, system } = process.cpuUsage(usage);
  cpu += (user + system) / 1e3;
  active += performance.eventLoopUtilization(utilization).active;
}

const commands = {
  listen: (): Promise<string> =>
    new Promise((resolve) => {
      // All of them connect at the same time.
      server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      });
    }),
  /** Sends so many messages at the pace of the plan, while some clients are cut off; gives the number of the last. */
  send: async (count: number): Promise<number> => {
    await send(count);
    return sent;
  },
  look: (): Served => ({
    ...footprint(),
    subscriptions: reading() + subscriptions.stalling + subscriptions.flooded,
    sources,
    requests,
    tooSlow,
    delay: delay.percentile(99) / 1e6,
    // Collections run on threads of their own.
    processor: Math.min(1, cpu / active),
  }),
  held,
  close: (): void => {
    server.close();
  },
};

export type ServerCommands = typeof commands;

obey(commands);
