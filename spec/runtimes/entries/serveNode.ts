import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHandler } from 'rxjs-http-streams/node';
import { toNodeHandler } from 'srvx/node';
import { handle } from '../handler';

/** The bridges that the argument names. */
const bridges: Readonly<Record<string, RequestListener>> = {
  '/node': nodeHandler(handle),
  srvx: toNodeHandler(handle) as RequestListener,
};

const server = createServer(bridges[process.argv[2] ?? '']);
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
