import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts the server of `server.ts` in another process and gives its address. */
export async function startServer(): Promise<string> {
  const server = fork(fileURLToPath(new URL('../server.ts', import.meta.url)));
  const [address] = (await once(server, 'message')) as [string];
  server.unref();
  return address;
}
