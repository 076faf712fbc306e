import type { RequestListener } from 'node:http';
import type { ProducerConfig } from './producerConfig';

/** Server-Sent Events: the time at once and at each interval, without end. */
export function clock({ interval = 1_000, onStop }: ProducerConfig = {}): RequestListener {
  return (_request, response) => {
    const send = (): void => {
      // The comment nudges intermediaries that hold a message back until more follows.
      response.write(`data: ${new Date().toISOString()}\n\n:\n`);
    };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    send();
    const producer = setInterval(send, interval);
    response.on('close', () => {
      clearInterval(producer);
      onStop?.();
    });
  };
}
