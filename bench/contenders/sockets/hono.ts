import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { SSEStreamingApi } from 'hono/streaming';
import type { OpenBroadcaster } from '../listener';

/** `streamSSE` has no broadcast: the streams of all clients, each written to. */
export const open: OpenBroadcaster = () => {
  const streams = new Set<SSEStreamingApi>();
  const app = new Hono().get('/', (context) =>
    streamSSE(context, async (stream) => {
      streams.add(stream);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
      });
      streams.delete(stream);
    }),
  );
  const listener = getRequestListener(app.fetch);
  return {
    listener: (request, response) => {
      void listener(request, response);
    },
    send: (data) => {
      for (const stream of streams) void stream.writeSSE({ data });
    },
  };
};
