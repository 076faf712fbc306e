import { EventStream, H3 } from 'h3';
import { toNodeHandler } from 'h3/node';
import type { OpenBroadcaster } from '../listener';

/** `EventStream` (`createEventStream` before) has no broadcast: the streams of all clients, each written to. */
export const open: OpenBroadcaster = () => {
  const streams = new Set<EventStream>();
  const app = new H3().get('/', (event) => {
    const stream = new EventStream(event);
    streams.add(stream);
    stream.onClosed(() => {
      streams.delete(stream);
    });
    // The headers wait for a first byte.
    void stream.pushComment('');
    return stream;
  });
  return {
    listener: toNodeHandler(app),
    send: (data) => {
      for (const stream of streams) void stream.push(data);
    },
  };
};
