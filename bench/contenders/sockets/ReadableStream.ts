import { toNodeHandler } from 'srvx/node';
import type { RequestListener } from 'node:http';
import type { OpenBroadcaster } from '../listener';

/** A bare stream for each client, as a platform without `node:http` has it, through the bridge of srvx. */
export const open: OpenBroadcaster = () => {
  const encoder = new TextEncoder();
  const controllers: ReadableStreamDefaultController<Uint8Array>[] = [];
  const respond = (): Response => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controllers.push(controller);
        controller.enqueue(encoder.encode(':\n'));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return {
    listener: toNodeHandler(respond) as RequestListener,
    send: (data) => {
      const bytes = encoder.encode(`data: ${data}\n\n`);
      for (const controller of controllers) controller.enqueue(bytes);
    },
  };
};
