import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client that asks and never reads. */
export class AbsentClient {
  private readonly socket: Socket;
  private end = '';

  constructor(url: URL) {
    this.socket = connect({ host: url.hostname, port: Number(url.port) });
    this.socket.pause();
    this.socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n\r\n`);
    // A reset is one way to be cut off.
    this.socket.on('error', () => undefined);
  }

  /** Reads the rest, and returns whether the connection is then closed without the end of a whole body. */
  wasCutOff(within: number): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => this.socket.destroy(), within);
      let closedByServer = false;
      this.socket
        .setEncoding('latin1')
        .on('data', (text: string) => {
          this.end = (this.end + text).slice(-5);
        })
        .once('end', () => {
          closedByServer = true;
        })
        .once('close', (failed) => {
          clearTimeout(giveUp);
          resolve((closedByServer || failed) && this.end !== '0\r\n\r\n');
        })
        .resume();
    });
  }
}
