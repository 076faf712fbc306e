import { createClient } from 'redis';

/** The name of connections that are no reader's. */
export const BENCH = 'bench';

/** Connects the bench itself to Redis, for what is not measured. */
export async function benchClient(port: number) {
  const client = createClient({ name: BENCH, socket: { host: '127.0.0.1', port } });
  // What is under way when Redis is ended fails; the run has settled by then, or has failed by itself.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
