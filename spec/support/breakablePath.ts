import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Subject, find, firstValueFrom } from 'rxjs';
import { onTestFinished } from 'vitest';

/** A way to an engine that breaks whenever it is told to, whatever goes over it. */
export interface BreakablePath {
  readonly port: number;
  /** The connections that were opened so far. */
  readonly connections: () => number;
  /** Resets all connections. New ones are let through. */
  readonly cut: () => void;
  /** Passes nothing on any more, in either direction, and nothing of new connections. */
  readonly stall: () => void;
  /** Passes on what was held back, and all that comes. */
  readonly resume: () => void;
  /**
   * Lets the next command with a text through, loses its reply, and resets its connection.
   *
   * @param command - As it is on the wire: clients send names of commands as they like, in capitals or not.
   * @returns A promise that settles when the engine has replied.
   */
  readonly loseReply: (command: RegExp) => Promise<void>;
}

/** A connection, from its client to the engine. */
type Connection = readonly [client: Socket, engine: Socket];

/** Node leaves a socket open for ever that is reset while it connects. */
const reset = (socket: Socket): Socket => (socket.connecting ? socket.destroy() : socket.resetAndDestroy());

/** Passes connections on to a port of loopback, until the test is over. */
export async function breakablePath(target: number): Promise<BreakablePath> {
  const open = new Set<Connection>();
  const requestSubject = new Subject<{ connection: Connection; bytes: Buffer }>();
  let connections = 0;
  let isStalled = false;

  const pass = (from: Socket, to: Socket): void => {
    from.setNoDelay(true);
    from.on('error', () => from.destroy());
    from.on('close', () => {
      to.destroySoon();
    });
    from.on('data', (bytes) => to.write(bytes));
    if (isStalled) from.pause();
  };

  const proxy = createServer((client) => {
    connections++;
    const engine = connect(target, '127.0.0.1');
    const connection = [client, engine] as const;
    open.add(connection);
    client.on('close', () => open.delete(connection));
    client.on('data', (bytes) => {
      requestSubject.next({ connection, bytes });
    });
    pass(client, engine);
    pass(engine, client);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const cut = (): void => {
    for (const socket of [...open].flat()) reset(socket);
  };
  onTestFinished(() => {
    proxy.close();
    cut();
  });

  return {
    port: (proxy.address() as AddressInfo).port,
    connections: () => connections,
    cut,
    stall: () => {
      isStalled = true;
      for (const socket of [...open].flat()) socket.pause();
    },
    resume: () => {
      isStalled = false;
      for (const socket of [...open].flat()) socket.resume();
    },
    async loseReply(command) {
      const request = await firstValueFrom(
        requestSubject.pipe(find(({ bytes }) => command.test(bytes.toString('latin1')))),
      );
      const [client, engine] = request!.connection;
      engine.removeAllListeners('data');
      const replied = once(engine, 'data');
      const closed = once(engine, 'close');
      engine.resume();
      await replied;
      // An orderly end: what has come to the engine by now is not lost, only its replies are.
      engine.end();
      await closed;
      reset(client);
    },
  };
}
