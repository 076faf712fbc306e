import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ProducerConfig } from './producerConfig';

/** One line of what {@link ticks} sends. */
export interface Tick {
  type: 'tick';
  data: { time: string; message: string };
}

/** `POST {"message": "hi"}` is answered with NDJSON: a line with the message at once and at each interval, without end. */
export function ticks({ interval = 1_000, onStop }: ProducerConfig = {}): RequestListener {
  return (request, response) => {
    const stream = ({ message }: { message: string }): void => {
      const send = (): void => {
        const tick: Tick = { type: 'tick', data: { time: new Date().toISOString(), message } };
        response.write(`${JSON.stringify(tick)}\n`);
      };
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
      send();
      const producer = setInterval(send, interval);
      response.on('close', () => {
        clearInterval(producer);
        onStop?.();
      });
    };

    json(request).then(
      (body) => {
        stream(body as { message: string });
      },
      () => response.writeHead(400).end('Expected JSON.\n'),
    );
  };
}
