import type { RequestListener } from 'node:http';
import { toNodeHandler } from 'srvx/node';
import type { Handler } from './handler';

/** A web-standard handler for `node:http` and Express. Its type says HTTP/2 as well, which neither takes. */
export const toListener = (handler: Handler): RequestListener => toNodeHandler(handler) as RequestListener;
