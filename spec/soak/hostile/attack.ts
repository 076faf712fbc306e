import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { noop } from 'rxjs';

/** A way to misuse a server. Ends when its connections are closed. */
export type Attack = (target: Target) => Promise<void>;

export interface Target {
  readonly port: number;
  /** Paths of the server, one for each kind of source. */
  readonly paths: readonly string[];
}

/** Time after which a connection of an attack is destroyed, in milliseconds. */
const LONGEST = 3_000;

export const chance = (below: number): number => Math.floor(Math.random() * below);
export const oneOf = <T>(members: readonly T[]): T => members[chance(members.length)] as T;

/**
 * Opens a connection that reads one byte at a time from the system, and gives each to a function.
 *
 * @param take - Receives the number of bytes so far. Without it nothing is read.
 */
export function open(port: number, take?: (bytes: number, socket: Socket) => void): Socket {
  let bytes = 0;
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    ...(take && {
      onread: {
        buffer: new Uint8Array(1),
        callback: () => {
          take(++bytes, socket);
          return !socket.isPaused();
        },
      },
    }),
  });
  if (!take) socket.pause();
  return socket.on('error', noop);
}

/** Waits until a connection is closed, and sees to it after a while. */
export function closed(socket: Socket, within = LONGEST): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => socket.destroy(), within);
    socket.once('close', () => {
      clearTimeout(giveUp);
      resolve();
    });
    if (socket.destroyed) socket.emit('close', false);
  });
}

export const get = (path: string, method = 'GET'): string =>
  `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

/**
 * Whether Node survives attacks on HTTP/2 whatever the application does. Node 20 ends with an assertion
 * (`current_nghttp2_memory_ == 0`) when it collects sessions that were flooded or sent garbage.
 */
export const hasSoundHttp2 = !process.version.startsWith('v20.');
