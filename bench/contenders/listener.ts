import type { RequestListener } from 'node:http';

/** A server of an event stream for any number of clients, and the function that sends a message to all of them. */
export interface Broadcaster {
  readonly listener: RequestListener;
  readonly send: (data: string) => unknown;
}

export type OpenBroadcaster = () => Broadcaster;
