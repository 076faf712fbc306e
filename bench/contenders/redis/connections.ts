import { createClient } from 'redis';
import { keyOf } from './feed';
import type { OpenFeed } from './feed';

type Client = ReturnType<typeof connectionTo>;
type Found = readonly {
  readonly messages: readonly { readonly id: string; readonly message: Readonly<Record<string, string>> }[];
}[];

const connectionTo = (port: number) =>
  createClient({ socket: { host: '127.0.0.1', port } }).on('error', () => undefined);

/** A connection for each reader, which waits for entries in a loop. */
export const open: OpenFeed = async (feed) => {
  const clients = await Promise.all(
    Array.from({ length: feed.readers }, async () => {
      const client = connectionTo(feed.port);
      await client.connect();
      return client;
    }),
  );
  return {
    bodies: clients.map((client, reader) => bodyOf(client, keyOf(feed, reader))),
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
};

function bodyOf(client: Client, key: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let id = '';
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      id = (await client.xRevRange(key, '+', '-', { COUNT: 1 }))?.[0]?.id ?? '0-0';
      controller.enqueue(encoder.encode(`id: ${id}\n\n`));
    },
    async pull(controller) {
      let found: Found | null = null;
      while (!found) {
        found = await client.xRead({ key, id }, { COUNT: 256, BLOCK: 5_000 });
      }
      const messages = found.flatMap((stream) => stream.messages);
      id = messages.at(-1)?.id ?? id;
      controller.enqueue(
        encoder.encode(messages.map((row) => `id: ${row.id}\ndata: ${row.message.data}\n\n`).join('')),
      );
    },
  });
}
