import { once } from 'node:events';
import { connect } from 'node:net';
import { createResumableStreamContext } from 'resumable-stream/generic';
import { benchClient } from './benchClient';
import { obey } from './remote';
import { sendPaced } from './workloads/paced';
import type { Pace } from './workloads/paced';

/** The publisher of a feed, in a process of its own. */

let send: (data: string, number: number) => unknown = () => undefined;
let leave: () => unknown = () => undefined;

const commands = {
  /** Adds entries to streams, in turns; the first ones at once, so that there is an id to go on from. */
  'add to': async (port: number, keys: readonly string[]): Promise<void> => {
    const client = await benchClient(port);
    await Promise.all(keys.map((key) => client.xAdd(key, '*', { data: 'first' })));
    send = (data, number) => client.xAdd(keys[number % keys.length] ?? '', '*', { data });
    leave = () => {
      client.destroy();
    };
  },
  /** Produces the stream of `resumable-stream`, which is read here, too. */
  produce: async (port: number, key: string): Promise<void> => {
    const [subscriber, publisher] = await Promise.all([benchClient(port), benchClient(port)]);
    const context = createResumableStreamContext({ waitUntil: null, subscriber, publisher });
    const stream = await context.createNewResumableStream(
      key,
      () =>
        new ReadableStream<string>({
          start: (controller) => {
            // A listener that comes later gets this first, and so is known to be live.
            controller.enqueue('id: 0\n\n');
            send = (data) => {
              controller.enqueue(`data: ${data}\n\n`);
            };
          },
        }),
    );
    void stream?.pipeTo(new WritableStream());
    leave = () => {
      subscriber.destroy();
      publisher.destroy();
    };
  },
  /** Writes lines to a process that has its messages from no engine. */
  'write to': async (port: number): Promise<void> => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    await once(socket, 'connect');
    send = (data) => socket.write(`${data}\n`);
    leave = () => socket.destroy();
  },
  send: async (pace: Pace): Promise<void> => {
    await sendPaced(send, pace);
  },
};

export type PublisherCommands = typeof commands;

process.once('disconnect', () => {
  leave();
});

obey(commands);
