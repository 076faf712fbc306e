import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { defer, firstValueFrom, retry } from 'rxjs';

/**
 * A port that is free, for a program that is started at it again. It is below those that Linux gives to connections, so
 * that nobody else takes it in between.
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
