import { createClient } from 'redis';
import { createResumableStreamContext } from 'resumable-stream/generic';
import { bodyOf } from '../outlet';
import { keyOf } from './feed';
import type { OpenFeed } from './feed';

/** Listeners of its streams, whose producer is in another process. */
export const open: OpenFeed = async (feed) => {
  const connect = () => createClient({ socket: { host: '127.0.0.1', port: feed.port } }).connect();
  const [subscriber, publisher] = await Promise.all([connect(), connect()]);
  const context = createResumableStreamContext({ waitUntil: null, subscriber, publisher });
  const listen = async (reader: number): Promise<ReadableStream<Uint8Array>> => {
    const stream = await context.resumeExistingStream(keyOf(feed, reader));
    if (!stream) throw new Error('expected a stream that its producer has begun');
    return bodyOf(new Response(stream.pipeThrough(new TextEncoderStream())));
  };
  const bodies: ReadableStream<Uint8Array>[] = [];
  for (let reader = 0; reader < feed.readers; reader++) bodies.push(await listen(reader));
  return {
    bodies,
    close: () => {
      subscriber.destroy();
      publisher.destroy();
    },
  };
};
