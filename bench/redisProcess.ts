import { openRedis } from '../spec/support/openRedis';
import type { RedisServer } from '../spec/support/openRedis';
import { obey } from './remote';
import { benchClient } from './benchClient';
import { watchRedis } from './watchRedis';
import type { Watched } from './watchRedis';

/**
 * A Redis, in the care of a process of its own: the one that starts it may crash, and this one then ends Redis, because
 * the channel between the two ends.
 */

let server: RedisServer | undefined;
let client: Awaited<ReturnType<typeof benchClient>> | undefined;
let endWatch: () => Promise<Watched> = () => Promise.reject(new Error('expected a Redis that is watched'));

const commands = {
  /** Answers with the port. */
  open: async (): Promise<number> => {
    server = await openRedis();
    client = await benchClient(server.port);
    return server.port;
  },
  /** Begins to look at what Redis does and at its connections. */
  watch: async (): Promise<void> => {
    if (!client) throw new Error('expected a Redis that is open');
    endWatch = await watchRedis(client);
  },
  /** Ends that, and answers with what was seen. */
  'end watch': (): Promise<Watched> => endWatch(),
};

export type RedisProcessCommands = typeof commands;

const close = async (): Promise<void> => {
  client?.destroy();
  await server?.close();
};

// Interrupted from a keyboard, it still has to see the others go, and to remove the folder of Redis.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => void close());

obey(commands);
