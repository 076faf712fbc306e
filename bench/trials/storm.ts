import { setTimeout } from 'node:timers/promises';
import { URL_OF_NOWHERE } from '../contenders/contender';
import { eachChunk } from '../contenders/eachChunk';
import { cpuTime } from '../cpuTime';
import type { Measures, TrialModule } from '../trial';

const EVENTS = { 'content-type': 'text/event-stream' };
/** Seconds that the server asks its clients to wait. */
const RETRY_AFTER = 1;

/** Reconnects until `taken` has been called with the message `back`. Returns what the client keeps. */
type Connect = (fetch: () => Promise<Response>, taken: (data: string) => void) => unknown;

const clients: Readonly<Record<string, () => Promise<Connect>>> = {
  'bare-loop': () =>
    Promise.resolve(async (fetch, taken) => {
      const decoder = new TextDecoder();
      for (let failures = 0; ; failures++) {
        const response = await fetch();
        if (response.status === 200) {
          await eachChunk(response.body, (chunk) => {
            failures = 0;
            for (const block of decoder.decode(chunk).split('\n\n')) taken(block.slice('data: '.length));
          });
        } else await response.text();
        const least = 1_000 * Math.max(Number(response.headers.get('retry-after')), 2 ** failures);
        await setTimeout(failures > 0 ? least * (1 + Math.random() / 2) : least);
      }
    }),
  'rxjs-http-streams': async () => {
    const { fromEventSource } = (await import('../library')).library;
    return (fetch, taken) =>
      fromEventSource(URL_OF_NOWHERE, { fetch, reconnect: { delay: 1_000 } }).subscribe({
        next: ({ data }) => {
          taken(data);
        },
        error: (error: unknown) => {
          throw error;
        },
      });
  },
};

/** Clients that lose their connections all at once, are refused with `Retry-After` so many times, and are then back. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { count, refusals } = params as Readonly<Record<string, number>>;
  const client = clients[contender];
  if (!count || !refusals || !client) throw new Error('expected count, refusals and a contender');
  const connect = await client();
  const message = new TextEncoder().encode('data: back\n\n');
  const all: unknown[] = [];
  const times: number[] = [];

  const answer = (attempt: number): Response => {
    if (attempt > 2) times.push(performance.now());
    // The connection that is lost, and then the refusals.
    if (attempt === 1) return new Response('data: before\n\n', { headers: EVENTS });
    if (attempt <= 1 + refusals) {
      return new Response('Come back later', {
        status: 503,
        headers: { 'retry-after': String(RETRY_AFTER) },
      });
    }
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        all.push(controller);
        controller.enqueue(message.slice());
      },
    });
    return new Response(body, { headers: EVENTS });
  };

  const connectAll = (clients: number): Promise<void> =>
    new Promise((resolve) => {
      let waiting = clients;
      for (let index = 0; index < clients; index++) {
        let attempt = 0;
        all.push(
          connect(
            () => Promise.resolve(answer(++attempt)),
            (data) => {
              if (data === 'back' && --waiting === 0) resolve();
            },
          ),
        );
      }
    });

  return {
    size: count,
    cold: true,
    check: () => connectAll(1),
    async run(): Promise<Measures> {
      times.length = 0;
      const cpu = await cpuTime(() => connectAll(count));
      // What the clients keep is of no interest, but they must not be garbage-collected before they are back.
      all.length = 0;
      const tenths = new Map<number, number>();
      for (const time of times) {
        const tenth = Math.floor(time / 100);
        tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
      }
      return {
        cpu,
        '% of the requests in a tenth of a second': (100 * Math.max(...tenths.values())) / times.length,
      };
    },
  };
};
