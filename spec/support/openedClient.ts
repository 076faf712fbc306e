import { redisClients } from './redisClients';

export type RedisClientName = (typeof redisClients)[number]['name'];

/** A connected client of Redis, by its name. */
export async function openedClient(
  port: number,
  name: string | undefined,
): Promise<Awaited<ReturnType<(typeof redisClients)[number]['open']>>['client']> {
  const kind = redisClients.find((each) => each.name === name);
  if (!kind) throw new Error(`expected the name of a client of Redis, not '${name}'`);
  const { client } = await kind.open(port);
  return client;
}
