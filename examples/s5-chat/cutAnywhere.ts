import { setImmediate } from 'node:timers/promises';
import type { Handler } from '../serving/handler';

/** Networks cut where they like: within `data:`, within a character. This one does it all the time. */
export const cutAnywhere =
  (handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    const pieces = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      async transform(chunk, controller) {
        for (let start = 0; start < chunk.length; start += 3) {
          controller.enqueue(chunk.subarray(start, start + 3));
          // What is written in one turn arrives in one piece.
          await setImmediate();
        }
      },
    });
    return new Response(response.body?.pipeThrough(pieces) ?? null, response);
  };
