import { createChannel, createSession } from 'better-sse';
import type { OpenBroadcaster } from '../listener';

/** The API for `node:http`, which writes to the response. */
export const open: OpenBroadcaster = () => {
  const channel = createChannel();
  return {
    listener: (request, response) => {
      void createSession(request, response, { serializer: String, keepAlive: null }).then((session) =>
        channel.register(session),
      );
    },
    send: (data) => channel.broadcast(data),
  };
};
