import { createClient } from 'redis';
import { fromEventSource } from 'rxjs-http-streams';
import * as redisEntry from 'rxjs-http-streams/redis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installedRedis } from '../support/installedRedis';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { redisServer } from '../support/redisServer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

type Handler = (request: Request) => Response | Promise<Response>;

forbidUnhandledRejections();

describe.runIf(installedRedis)('the page on many servers: The change for Redis', () => {
  it('goes on with the client of one server on another one', async () => {
    const redis = await redisServer();
    const open = async (): Promise<{
      url: string;
      prices: ReturnType<typeof producer<{ price: number }>>;
    }> => {
      const prices = producer<{ price: number }>();
      const { GET } = await evaluate<{ GET: Handler }>(
        'The change for Redis',
        { price$: prices.source },
        {
          modules: {
            redis: {
              createClient: () => {
                const client = createClient({ url: `redis://127.0.0.1:${redis.port}` });
                onTestFinished(() => {
                  client.destroy();
                });
                return client;
              },
            },
            'rxjs-http-streams/redis': redisEntry,
          },
        },
      );
      return { ...(await webServer(GET)), prices };
    };
    const one = await open();
    const two = await open();
    const client = record(fromEventSource(one.url));
    let price = 0;
    while (client.values.length === 0) {
      one.prices.next({ price: price++ });
      await new Promise((resolve) => setImmediate(resolve));
    }
    client.subscription.unsubscribe();
    const [first] = client.values;
    one.prices.next({ price: price++ });
    const again = record(fromEventSource(two.url, { lastEventId: first!.id }));
    const { price: seen } = JSON.parse(first!.data) as { price: number };
    await again.received(price - seen - 1);
    expect(again.values.map(({ data }) => JSON.parse(data) as unknown)).toEqual(
      Array.from({ length: price - seen - 1 }, (_, index) => ({ price: seen + 1 + index })),
    );
    again.subscription.unsubscribe();
  });
});
