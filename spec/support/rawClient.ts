import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Subject } from 'rxjs';
import { onTestFinished } from 'vitest';

/** A client that speaks to a server as it likes, and sees all that comes back. */
export interface RawClient {
  readonly socket: Socket;
  readonly write: (text: string) => void;
  /** Settles with everything so far once it has a part in it. */
  readonly seen: (part: string) => Promise<string>;
  /** Settles with everything, and the code of the error with which the connection broke. */
  readonly closed: Promise<{ readonly text: string; readonly code: string | undefined }>;
}

export function rawClient(url: string): RawClient {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  let code: string | undefined;
  const heard = new Subject<void>();
  socket.on('data', (chunk: string) => {
    text += chunk;
    heard.next();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ({ code } = error);
  });
  return {
    socket,
    write: (request) => {
      socket.write(request);
    },
    closed: new Promise((resolve) => {
      socket.once('close', () => {
        resolve({ text, code });
      });
    }),
    seen: (part) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.includes(part)) resolve(text);
        };
        heard.subscribe(look);
        look();
      }),
  };
}
