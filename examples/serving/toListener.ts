import type { RequestListener } from 'node:http';
import { nodeHandler } from 'rxjs-http-streams/node';
import type { Handler } from './handler';

/** A web-standard handler for `node:http` and Express. */
export const toListener = (handler: Handler): RequestListener => nodeHandler(handler);
