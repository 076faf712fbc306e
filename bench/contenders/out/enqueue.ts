import type { OpenOutlet } from '../outlet';

/** What is written without a library: each message encoded and enqueued, whether anybody reads or not. */
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
