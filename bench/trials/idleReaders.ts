import { URL_OF_NOWHERE } from '../contenders/contender';
import type { Open } from '../contenders/contender';
import { allSettled } from './audienceOf';
import { held } from '../footprint';
import type { Measures, TrialModule } from '../trial';

/** Streams that pay for what is made once. */
const FIRST = 100;

/** Opens a stream and returns what its application keeps of it. */
type OpenStream = (fetch: Open, take: (data: string) => void) => unknown;

const openers: Readonly<Record<string, () => Promise<OpenStream>>> = {
  'bare-loop': () =>
    Promise.resolve((fetch, take) => {
      const controller = new AbortController();
      const decoder = new TextDecoder();
      // A response that is garbage-collected may end its body in Node, so each reader keeps its own.
      const stream = { controller, response: undefined as Response | undefined };
      const readAll = async (): Promise<void> => {
        stream.response = await fetch();
        const reader = stream.response.body?.getReader();
        for (let text = ''; reader;) {
          const { done, value } = await reader.read();
          if (done) return;
          const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) take(block.slice('data: '.length));
        }
      };
      void readAll();
      return stream;
    }),
  'rxjs-http-streams': async () => {
    const { fromEventSource } = (await import('../library')).library;
    return (fetch, take) =>
      fromEventSource(URL_OF_NOWHERE, { fetch }).subscribe({
        next: ({ data }) => {
          take(data);
        },
        error: (error: unknown) => {
          throw error;
        },
      });
  },
};

/** Heap of an open stream whose server says nothing, or has sent so many messages and waits. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { count, messages } = params as Readonly<Record<string, number>>;
  const opener = openers[contender];
  if (!count || messages === undefined || !opener)
    throw new Error('expected count, messages and a contender');
  const open = await opener();
  const bytes = new TextEncoder().encode('data: a message\n\n'.repeat(messages));
  let taken = 0;
  const all: unknown[] = [];

  const openMany = async (streams: number): Promise<void> => {
    for (let stream = 0; stream < streams; stream++) {
      const fetch: Open = () => {
        const body = new ReadableStream<Uint8Array>(
          {
            start(controller) {
              // The connection of a real `fetch` keeps the stream.
              all.push(controller);
              if (messages > 0) controller.enqueue(bytes.slice());
            },
          },
          { highWaterMark: 0 },
        );
        return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
      };
      all.push(
        open(fetch, () => {
          taken++;
        }),
      );
    }
    await allSettled();
  };

  return {
    size: count,
    cold: true,
    check: () => Promise.resolve(),
    async run(): Promise<Measures> {
      await openMany(FIRST);
      const before = await held();
      await openMany(count);
      const after = await held();
      if (taken !== (FIRST + count) * messages) throw new Error(`${contender}: ${taken} messages have come`);
      return { 'kB a stream': (after - before) / count / 1000 };
    },
  };
};
