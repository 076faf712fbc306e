import { createClient } from 'redis';
import { createResumableStreamContext } from 'resumable-stream/generic';
import { obey } from './remote';
import { sendPaced } from './workloads/paced';
import type { Pace } from './workloads/paced';

/** The publisher of a feed on Redis, in a process of its own. */

const connect = async (port: number) => {
  const client = createClient({ socket: { host: '127.0.0.1', port } });
  await client.connect();
  return client;
};

let clients: Awaited<ReturnType<typeof connect>>[] = [];
let send: (data: string, number: number) => unknown = () => undefined;

const commands = {
  /** Adds entries to streams, in turns; the first ones at once, so that there is an id to go on from. */
  'add to': async (port: number, keys: readonly string[]): Promise<void> => {
    const client = await connect(port);
    clients = [client];
    await Promise.all(keys.map((key) => client.xAdd(key, '*', { data: 'first' })));
    send = (data, number) => client.xAdd(keys[number % keys.length] ?? '', '*', { data });
  },
  /** Produces the stream of `resumable-stream`, which is read here, too. */
  produce: async (port: number, key: string): Promise<void> => {
    const [subscriber, publisher] = await Promise.all([connect(port), connect(port)]);
    clients = [subscriber, publisher];
    const context = createResumableStreamContext({ waitUntil: null, subscriber, publisher });
    const stream = await context.createNewResumableStream(
      key,
      () =>
        new ReadableStream<string>({
          start: (controller) => {
            // A listener that comes later gets this first, and so is known to be live.
            controller.enqueue(':\n\n');
            send = (data) => {
              controller.enqueue(`data: ${data}\n\n`);
            };
          },
        }),
    );
    void stream?.pipeTo(new WritableStream());
  },
  send: async (pace: Pace): Promise<void> => {
    await sendPaced(send, pace);
  },
  leave: (): void => {
    for (const client of clients) client.destroy();
  },
};

export type PublisherCommands = typeof commands;

obey(commands);
