import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { defer, firstValueFrom, retry } from 'rxjs';

/**
 * Finds a port that is free, for a program that cannot choose one by itself, or that listens at it again. The port is
 * below the range that the system gives to connections (`ip_local_port_range` begins at 32 768), so that no connection
 * takes it in between.
 */
export const freePort = (): Promise<number> =>
  firstValueFrom(
    defer(async () => {
      const port = randomInt(10_000, 32_000);
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
      await once(server, 'close');
      return port;
    }).pipe(retry(100)),
  );
