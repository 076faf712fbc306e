import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { responseParts } from './responseParts';
import type { ResponsePart } from './responseParts';

/** A fault of one connection. */
export interface Fault {
  /** Place of the fault: the request, a part of the response, or anywhere in the response. */
  readonly where: 'request' | 'anywhere' | ResponsePart;
  /** Number of bytes of that place that arrive before the fault. */
  readonly after: number;
  /** An orderly end, which is none; a reset; or nothing any more, for as long as the client waits. */
  readonly how: 'FIN' | 'RST' | 'stall';
  /** Pace at which the bytes before the fault pass. */
  readonly pace: 'as it comes' | 'slowly' | 'byte by byte';
  /** Waited for at that place; it is given what of the response got through. */
  readonly hold?: (passed: Buffer) => Promise<unknown>;
}

/** A way to a server that breaks. */
export interface BrokenPath {
  readonly url: string;
  /** The faults that have happened. */
  readonly faults: readonly Fault[];
  /** Number of connections that carried a request: `fetch` also opens connections in advance. */
  readonly connections: () => number;
  /** Number of sockets of those connections that are open. */
  readonly sockets: () => number;
}

const SLOW_PIECE = 32;
/**
 * Part of a connection that passes in pieces, in bytes: most of a head comes before it, and the rest would take too
 * long.
 */
const IN_PIECES = { start: 200, end: 456 };

/** Writes chunk after chunk at its pace. */
function writer(to: Socket, pace: Fault['pace']): (bytes: Buffer) => Promise<void> {
  let at = 0;
  const pieceAt = (left: number): number => {
    if (pace === 'as it comes' || at >= IN_PIECES.end) return left;
    if (at < IN_PIECES.start) return Math.min(left, IN_PIECES.start - at);
    return pace === 'slowly' ? SLOW_PIECE : 1;
  };
  return async (bytes) => {
    for (let rest = bytes; rest.length > 0 && !to.destroyed;) {
      const piece = rest.subarray(0, pieceAt(rest.length));
      to.write(piece);
      at += piece.length;
      rest = rest.subarray(piece.length);
      // Or the receiver reads it together with the next.
      if (rest.length > 0) await (pace === 'slowly' ? setTimeout(1) : setImmediate());
    }
  };
}

/** Node leaves a socket open for ever that is reset while it connects or ends. */
const reset = (socket: Socket): Socket =>
  socket.connecting || socket.writableEnded ? socket.destroy() : socket.resetAndDestroy();

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });

/** Finds the place of a fault in chunk after chunk; -1 where it is not in one. */
function placeOf(fault: Fault | undefined, direction: 'request' | 'response'): (chunk: Buffer) => number {
  if (!fault || (fault.where === 'request') !== (direction === 'request')) return () => -1;
  const { where } = fault;
  const partOf = where === 'request' || where === 'anywhere' ? () => where : responseParts();
  let left = fault.after;
  return (chunk) => chunk.findIndex((byte) => partOf(byte) === where && left-- === 0);
}

/**
 * Passes connections on to a server, and breaks them where it is told to: in front of a byte, when that has come. It is
 * closed when the test is over. It does not hold a sender back: what comes faster than it goes on waits here.
 *
 * @param plan - Returns the fault of the nth connection that carries a request, counted from 1; undefined for none.
 */
export async function brokenPath(
  server: string,
  plan: (n: number) => Fault | undefined,
): Promise<BrokenPath> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  const unasked = new Set<Socket>();
  const faults: Fault[] = [];
  let connections = 0;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      unasked.delete(socket);
    });
    return socket;
  };

  const proxy = createServer((client) => {
    unasked.add(keep(client));
    client.once('data', (request) => {
      unasked.delete(client);
      begin(client, request);
    });
  });

  const begin = (client: Socket, request: Buffer): void => {
    const fault = plan(++connections);
    const upstream = keep(connect(Number(port), hostname));
    const passed: Buffer[] = [];
    let isBroken = false;

    const breakOff = async ({ how, hold }: Fault): Promise<void> => {
      await hold?.(Buffer.concat(passed));
      if (client.destroyed) return;
      faults.push(fault!);
      if (how === 'RST') {
        reset(client);
        reset(upstream);
      } else if (how === 'FIN') {
        client.end();
        upstream.destroy();
      } else await closed(client);
    };

    const pass = (from: Socket, to: Socket, direction: 'request' | 'response'): ((chunk: Buffer) => void) => {
      const place = placeOf(fault, direction);
      const write = writer(to, fault?.pace ?? 'as it comes');
      let tail = Promise.resolve();
      const next = (step: () => Promise<void> | void): void => {
        tail = tail.then(step);
      };
      // Whichever end goes, the other one is to see it, after all that came before.
      from.on('close', () => {
        next(() => {
          to.destroySoon();
        });
      });
      return (chunk) => {
        if (isBroken) return;
        const end = place(chunk);
        const whole = end === -1 ? chunk : chunk.subarray(0, end);
        if (direction === 'response' && fault?.hold) passed.push(whole);
        next(() => write(whole));
        if (end === -1) return;
        isBroken = true;
        next(() => breakOff(fault!));
      };
    };
    const ask = pass(client, upstream, 'request');
    client.on('data', ask);
    upstream.on('data', pass(upstream, client, 'response'));
    ask(request);
  };

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`,
    faults,
    connections: () => connections,
    sockets: () => sockets.size - unasked.size,
  };
}
