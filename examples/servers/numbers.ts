import cors from 'cors';
import express from 'express';
import type { Express } from 'express';
import type { ProducerConfig } from './producerConfig';

/** The `data` of a message of {@link numbers}. */
export interface NumberedNumber {
  id: number;
  /** From 0 to 99. */
  number: number;
}

export interface NumbersConfig extends ProducerConfig {
  /** How long the feed goes on when its last client has left, in milliseconds: the client may be on its way back. */
  linger?: number | undefined;
  /** The id of a message in the middle of which the connection is cut, once. */
  cutAt?: number | undefined;
}

const KEPT = 1_000;

/**
 * Server-Sent Events with ids on Express, for pages of any origin: one feed for all clients. Who comes with a
 * Last-Event-ID gets everything after it, who comes without one gets what is new.
 */
export function numbers({ interval = 1_000, linger = 10_000, cutAt, onStop }: NumbersConfig = {}): Express {
  const kept: NumberedNumber[] = [];
  const clients = new Set<() => void>();
  let lastId = 0;
  let cutPending = cutAt !== undefined;
  let producer: NodeJS.Timeout | undefined;
  let lingering: NodeJS.Timeout | undefined;

  const produce = (): void => {
    kept.push({ id: ++lastId, number: Math.floor(Math.random() * 100) });
    if (kept.length > KEPT) kept.shift();
    for (const catchUp of clients) catchUp();
  };

  const stop = (): void => {
    clearInterval(producer);
    producer = undefined;
    onStop?.();
  };

  const app = express();
  app.use(cors());
  app.get('/numbers', (request, response) => {
    // Not a number without one; beyond the last id it is from before a restart.
    const resumedAfter = Number(request.get('last-event-id'));
    let sentId = resumedAfter <= lastId ? resumedAfter : lastId;

    const catchUp = (): void => {
      for (const entry of kept.filter(({ id }) => id > sentId)) {
        const block = `id: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`;
        if (cutPending && entry.id === cutAt) {
          cutPending = false;
          clients.delete(catchUp);
          response.write(block.slice(0, block.length / 2), () => response.destroy());
          return;
        }
        response.write(block);
        sentId = entry.id;
      }
    };

    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    clients.add(catchUp);
    response.on('close', () => {
      clients.delete(catchUp);
      clearTimeout(lingering);
      // Neither timer keeps a process alive whose server is closed.
      if (clients.size === 0) lingering = setTimeout(stop, linger).unref();
    });
    clearTimeout(lingering);
    catchUp();
    if (!producer) {
      produce();
      producer = setInterval(produce, interval).unref();
    }
  });
  return app;
}
