import { once } from 'node:events';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { defer, firstValueFrom, retry } from 'rxjs';

/**
 * A port that nobody listens at, for programs that cannot choose one and say so, or come back to it. It is below those
 * that the system gives to connections and to servers that ask for any (`ip_local_port_range` begins at 32 768), so that
 * nobody else takes it in between.
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
