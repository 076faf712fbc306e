import { createChannel, createResponse } from 'better-sse';
import { bodyOf, request } from '../outlet';
import type { OpenOutlet } from '../outlet';

export const open: OpenOutlet = (clients) => {
  const channel = createChannel();
  const create = (): ReadableStream<Uint8Array> =>
    bodyOf(
      createResponse(request(), { serializer: String, keepAlive: null }, (session) => {
        channel.register(session);
      }),
    );
  return {
    bodies: Array.from({ length: clients }, create),
    send: (data) => channel.broadcast(data),
  };
};
