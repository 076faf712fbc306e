import { setTimeout } from 'node:timers/promises';
import { Subject, defer, repeat, take, takeUntil, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { AbsentClient } from './absentClient';
import { CountingReader } from './countingReader';
import { footprint, held } from '../../bench/footprint';
import { AWAY, CLIENTS, MAX_DELAY, STAY } from './plan';
import type { Behaviour } from './plan';
import { obey } from '../../bench/remote';

/** The clients of the soak, in a process of their own. */

/** Messages that the readers have received so far. */
export interface Read {
  /** Skipped. */
  readonly lost: number;
  /** Still missing at the end. */
  readonly missing: number;
  readonly doubled: number;
  readonly damaged: number;
  /** Streams that came to an end, with what; none should. */
  readonly ended: readonly string[];
}

const readers: CountingReader[] = [];
const ended: string[] = [];
const leaveSubject = new Subject<void>();
let left = false;
let absent: AbsentClient[] = [];

const between = ([from, to]: readonly [number, number]): number =>
  Math.round(from + Math.random() * (to - from));

const addressOf = (origin: string, behaviour: Behaviour): URL => new URL(`/?client=${behaviour}`, origin);

/** Its messages, with pauses in which it is not there. */
const comingAndGoing = (connect: () => Observable<SseMessage>): Observable<SseMessage> =>
  defer(() => connect().pipe(take(between(STAY)))).pipe(repeat({ delay: () => timer(between(AWAY)) }));

function read(origin: string, behaviour: 'staying' | 'leaving' | 'severed'): void {
  const reader = new CountingReader();
  readers.push(reader);
  const connect = (): Observable<SseMessage> =>
    fromEventSource(addressOf(origin, behaviour), {
      lastEventId: reader.lastEventId,
      reconnect: { maxDelay: MAX_DELAY },
    });
  (behaviour === 'leaving' ? comingAndGoing(connect) : connect()).pipe(takeUntil(leaveSubject)).subscribe({
    next: (message) => {
      reader.take(message);
    },
    error: (error: unknown) => {
      ended.push(String(error));
    },
    complete: () => {
      if (!left) ended.push('completed');
    },
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const commands = {
  /** Connects all that read, some at a time. */
  connect: async (origin: string): Promise<void> => {
    for (const behaviour of ['staying', 'leaving', 'severed'] as const) {
      for (let count = 0; count < CLIENTS[behaviour]; count++) {
        read(origin, behaviour);
        if (count % 50 === 0) await setTimeout(20);
      }
    }
  },
  /** Connects all that never read. */
  connectAbsent: (origin: string): void => {
    for (const behaviour of ['stalling', 'flooded'] as const) {
      for (let count = 0; count < CLIENTS[behaviour]; count++) {
        absent.push(new AbsentClient(addressOf(origin, behaviour)));
      }
    }
  },
  /** Lets go of those that never read; gives how many were cut off. */
  countCutOff: async (): Promise<number> => {
    const cutOff = await Promise.all(absent.map((client) => client.wasCutOff(5_000)));
    absent = [];
    return cutOff.filter(Boolean).length;
  },
  /** Counts the readers that have not received a message yet. */
  behind: (number: number): number => readers.filter(({ last }) => last < number).length,
  /** Sums up the messages that the readers have received, up to a number. */
  look: (number: number): Read => ({
    lost: sum(readers.map(({ lost }) => lost)),
    missing: sum(readers.map(({ last }) => number - last)),
    doubled: sum(readers.map(({ doubled }) => doubled)),
    damaged: sum(readers.map(({ damaged }) => damaged)),
    ended,
  }),
  held,
  /** Unsubscribes all. */
  leave: (): void => {
    left = true;
    leaveSubject.next();
  },
  footprint,
};

export type ClientCommands = typeof commands;

obey(commands);
