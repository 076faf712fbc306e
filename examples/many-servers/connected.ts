import { createClient } from 'redis';
import { noop } from 'rxjs';

/** A client of Redis, which connects again by itself. Without a listener for its errors they would end the process. */
export const connected = (port: number) =>
  createClient({ socket: { host: '127.0.0.1', port } })
    .on('error', noop)
    .connect();
