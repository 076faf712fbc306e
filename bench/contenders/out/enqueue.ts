import type { OpenOutlet } from '../outlet';

/** The code that people write without a library: it enqueues each message, whether or not a client reads. */
export const open: OpenOutlet = () => {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  return {
    bodies: [body],
    send: (data) => {
      controller?.enqueue(encoder.encode(`data: ${data}\n\n`));
    },
  };
};
