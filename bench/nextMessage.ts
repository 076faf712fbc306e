import type { ChildProcess } from 'node:child_process';

/** The next message of a process; rejects when it ends instead. */
export function nextMessage(child: ChildProcess, ended: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new Error(ended));
    };
    child.once('exit', fail);
    child.once('message', (message) => {
      child.off('exit', fail);
      resolve(message);
    });
  });
}
