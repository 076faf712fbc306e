import { aFunction, check, checkOptions } from '../options/rules';
import { NODE_HANDLER } from '../options/node';
import { report } from '../server/report';
import { INTERNAL_ERROR } from '../server/publicReason';
import { failureResponse } from '../server/failureResponse';
import { cutOff } from './cutOff';
import { isOver } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import { sendResponse } from './sendResponse';
import { toRequest } from './toRequest';

/** Request listener of Node's servers, which is also a handler of Express and Connect. */
export type NodeHandler = (req: NodeRequest, res: NodeResponse, next?: (error?: unknown) => void) => void;

/** Options of {@link nodeHandler}. */
export interface NodeHandlerOptions {
  /**
   * Receives the error that the handler threw or rejected with, and any other failure to answer a request.
   *
   * @defaultValue the failure goes to `next` (Express), or without that to RxJS's `config.onUnhandledError`, if that is
   *   set
   */
  onError?: ((error: unknown, req: NodeRequest) => void) | undefined;
}

/**
 * Turns a handler that answers a `Request` with a `Response` into a listener for Node's servers: for `createServer` of
 * `node:http`, `node:https` and `node:http2`, and for routes of Express.
 *
 * ```
 * http.createServer(nodeHandler(handler));
 * http2.createSecureServer({ key, cert, allowHTTP1: true }, nodeHandler(handler));
 * express().get('/feed', nodeHandler(handler));
 * ```
 *
 * The handler runs in the asynchronous context of the request.
 *
 * - If the handler fails, the client gets a 500 that does not describe the failure.
 * - If the client has sent a request that no `Request` can express, it gets a 400.
 * - If the client has disconnected when the handler fails, the failure is dropped.
 *
 * Throws a `TypeError` when `handler` is not a function, or an option is invalid.
 *
 * @see {@link toRequest} and {@link sendResponse}, which this function combines.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { interval, map } from 'rxjs';
 * import { resumable, toSseResponse } from 'rxjs-http-streams';
 * import { nodeHandler } from 'rxjs-http-streams/node';
 *
 * const feed = resumable(interval(1_000).pipe(map((n) => ({ data: { n } }))));
 * createServer(nodeHandler((request) => toSseResponse(feed, { request }))).listen(3000);
 * ```
 */
export function nodeHandler(
  handler: (request: Request) => Response | Promise<Response>,
  options: NodeHandlerOptions = {},
): NodeHandler {
  check('handler', handler, aFunction);
  checkOptions('options', options, NODE_HANDLER);
  const { onError } = options;

  const answer = async (req: NodeRequest, res: NodeResponse): Promise<void> => {
    const request = requestOf(req, res);
    sendResponse(request ? await handler(request) : badRequest(), res);
  };

  const reportError = (error: unknown, req: NodeRequest): void => {
    try {
      (onError ?? report)(error, req);
    } catch (thrown) {
      report(thrown);
    }
  };

  return (req, res, next) => {
    answer(req, res).catch((error: unknown) => {
      // A handler usually fails after its client has disconnected, because its own requests are aborted with it.
      if (isOver(res)) return;
      if (next && !onError) {
        next(error);
        return;
      }
      reportError(error, req);
      if (res.headersSent) cutOff(res, false);
      else sendResponse(failureResponse({ failed: true, reason: INTERNAL_ERROR }), res);
    });
  };
}

const badRequest = (): Response => new Response('Bad request', { status: 400 });

function requestOf(req: NodeRequest, res: NodeResponse): Request | undefined {
  try {
    return toRequest(req, res);
  } catch {
    return undefined;
  }
}
