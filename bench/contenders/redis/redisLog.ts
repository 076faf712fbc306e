import { createClient } from 'redis';
import { library, libraryOnRedis } from '../../library';
import { keyOf } from './feed';
import type { OpenFeed } from './feed';

const { resumable, toSseBody } = library;
const { redisLog } = libraryOnRedis;

/** One log a key, and one feed for all of its readers. */
export const open: OpenFeed = async (feed) => {
  const client = createClient({ socket: { host: '127.0.0.1', port: feed.port } });
  await client.connect();
  const feeds = new Map(feed.keys.map((key) => [key, resumable(redisLog(client, key))]));
  const bodyOf = (reader: number): ReadableStream<Uint8Array> => {
    const follow = feeds.get(keyOf(feed, reader));
    if (!follow) throw new Error('expected a key for each reader');
    return toSseBody(() => follow());
  };
  return {
    bodies: Array.from({ length: feed.readers }, (_, reader) => bodyOf(reader)),
    close: () => {
      client.destroy();
    },
  };
};
