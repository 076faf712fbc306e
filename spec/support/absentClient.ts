import { connect } from 'node:net';
import { noop } from 'rxjs';
import { onTestFinished } from 'vitest';

/** A client that asks and does not read. */
export interface AbsentClient {
  readonly leave: () => void;
  /** Reads after all, slowly, until the server closes the connection, and gives what has come. */
  readonly rest: () => Promise<string>;
}

export function absentClient(url: string): AbsentClient {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.pause();
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  onTestFinished(() => {
    socket.destroy();
  });
  // A reset is one way to close it.
  socket.on('error', noop);
  return {
    leave: () => socket.destroy(),
    rest: () =>
      new Promise((resolve) => {
        let text = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          socket.pause();
          setTimeout(() => socket.resume(), 2);
        });
        socket.once('close', () => {
          resolve(text);
        });
        socket.resume();
      }),
  };
}
