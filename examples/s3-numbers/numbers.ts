import type { ServerResponse } from 'node:http';
import cors from 'cors';
import express from 'express';
import type { Express } from 'express';
import { map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/** The `data` of a message of {@link numbers}. */
export interface NumberedNumber {
  id: number;
  /** From 0 to 99. */
  number: number;
}

export interface NumbersConfig {
  /** Emits when there is a number. The feed subscribes once for all clients. */
  beat$?: Observable<unknown> | undefined;
  /** Time that the feed goes on after its last client has disconnected, in milliseconds: the client may reconnect. */
  linger?: number | undefined;
}

/**
 * Server-Sent Events with ids on Express, for pages of any origin: one feed for all clients. Who comes with a
 * Last-Event-ID gets everything after it, who comes without one gets what is new. `POST /cut` cuts all connections,
 * as networks do.
 */
export function numbers({ beat$ = timer(0, 1_000), linger = 60_000 }: NumbersConfig = {}): Express {
  // Goes on when the feed starts anew: an id must never stand for two messages.
  let id = 0;
  const number$ = beat$.pipe(
    map(() => {
      const data: NumberedNumber = { id: ++id, number: Math.floor(Math.random() * 100) };
      return { id: String(id), data };
    }),
  );
  const feed = resumable(number$, { onGap: 'replay', resetOnRefCountZero: () => timer(linger) });
  const open = new Set<ServerResponse>();

  return express()
    .use(cors())
    .get(
      '/numbers',
      (_request, response, next) => {
        open.add(response);
        response.on('close', () => open.delete(response));
        next();
      },
      nodeHandler((request) => toSseResponse(feed, { request, retry: 1_000 })),
    )
    .post('/cut', (_request, response) => {
      for (const stream of open) stream.destroy();
      response.sendStatus(204);
    });
}
