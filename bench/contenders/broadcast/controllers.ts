import type { OpenOutlet } from '../outlet';

/** The floor: the bytes, made once, and a loop over an array of controllers that enqueue them. */
export const open: OpenOutlet = (clients) => {
  const encoder = new TextEncoder();
  const controllers: ReadableStreamDefaultController<Uint8Array>[] = [];
  const create = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        controllers.push(controller);
      },
    });
  return {
    bodies: Array.from({ length: clients }, create),
    send: (data) => {
      const bytes = encoder.encode(`data: ${data}\n\n`);
      for (const controller of controllers) controller.enqueue(bytes);
    },
  };
};
