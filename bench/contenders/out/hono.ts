import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { SSEStreamingApi } from 'hono/streaming';
import { bodyOf, request } from '../outlet';
import type { OpenOutlet } from '../outlet';

export const open: OpenOutlet = async () => {
  let stream: SSEStreamingApi | undefined;
  const app = new Hono().get('/', (context) =>
    streamSSE(context, (given) => {
      stream = given;
      return new Promise(() => undefined);
    }),
  );
  return {
    bodies: [bodyOf(await app.request(request()))],
    send: (data) => stream?.writeSSE({ data }),
  };
};
