import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from 'srvx/node';
import { handle } from '../handler';

const server = createServer(toNodeHandler(handle) as RequestListener);
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
