import { noop } from 'rxjs';
import { check } from '../options/rules';
import { aResponse } from '../options/node';
import { bodyBehind } from '../server/directBody';
import { INTERNAL_ERROR } from '../server/publicReason';
import { failureResponse } from '../server/failureResponse';
import { isOver } from './exchange';
import type { NodeResponse } from './exchange';
import { ResponseWriter } from './responseWriter';
import { sendHead } from './sendHead';
import { noteSent } from './sentBody';
import { streamChunks } from './streamChunks';
import { isAnswered } from './toRequest';

/** Statuses of responses without a body (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
const BODILESS = [204, 205, 304];

/**
 * Sends a `Response` as the answer of one of Node's servers: `node:http`, `node:https`, the compatibility API of
 * `node:http2`, and frameworks that stand on them.
 *
 * The status and the headers go over those that middleware has set, `Set-Cookie` and `Vary` beside them. They go out
 * with the first byte of the body, or after 100 ms without one. A body of `toSseBody` and its siblings writes to the
 * response without its stream; any other one is read. Either is held back while the client has no room.
 *
 * - The body ends: so does the response.
 * - The body fails before anything of it went out: the client gets an error response in its place, whose status is the
 *   error's own where that is from 400 to 599, else 500, and whose text is what `mapError` gave, else `'Internal
 *   error'`. It has the headers of the response that are not about its body.
 * - The body fails later: the client gets what came before, and then a cut. On HTTP/2 that is a reset (RFC 9113 §8.1),
 *   on HTTP/1.1 the end of the connection without the last chunk (RFC 9112 §8), and a reset where that would look
 *   whole.
 * - The client leaves: the body is cancelled, and no failure is reported.
 * - HEAD, 204, 205 and 304 have no body (RFC 9110 §9.3.2, §6.4.1): it is cancelled before it begins.
 *
 * Returns at once; the `onEnd` of a body tells how it has ended. Throws a `TypeError` when the headers of `res` were
 * sent already, or when the body was read or is being read.
 *
 * @example
 * ```ts
 * import express from 'express';
 * import { interval } from 'rxjs';
 * import { toNdjsonResponse } from 'rxjs-http-streams';
 * import { sendResponse } from 'rxjs-http-streams/node';
 *
 * express()
 *   .get('/rows', (req, res) => sendResponse(toNdjsonResponse(interval(1_000)), res))
 *   .listen(3000);
 * ```
 */
export function sendResponse(response: Response, res: NodeResponse): void {
  check('response', response, aResponse);
  if (res.headersSent) {
    throw new TypeError(
      'sendResponse: expected a response that was not begun, but its headers were sent already',
    );
  }
  const { body } = response;
  if (isOver(res)) {
    body?.cancel().catch(noop);
    return;
  }
  if (!body || res.req.method === 'HEAD' || BODILESS.includes(response.status)) {
    sendHead(response, res);
    res.end();
    body?.cancel().catch(noop);
    return;
  }
  const own = bodyBehind(body);
  const writer = new ResponseWriter(res, {
    head: () => {
      sendHead(response, res);
    },
    refuse: (error, isSound) => {
      const { cause = error } = error as Error;
      const reason = own?.ends.reason ?? INTERNAL_ERROR;
      const refused = failureResponse({ failed: true, error: cause, reason });
      sendResponse(isSound ? inPlaceOf(response, refused) : refused, res);
    },
  });
  const reader = body.getReader();
  const direct = own?.sendTo(writer, (request) => isAnswered(request, res)) ? own : undefined;
  if (direct) noteSent(res, direct);
  writer.start(direct ?? streamChunks(reader, writer));
}

/** Headers that describe the body that is not sent (RFC 9110 §8). */
const OF_CONTENT = /^(content-|etag$|last-modified$|accept-ranges$)/;

/**
 * Gives a refusal the headers that are not about the body: a page of another origin reads no response without its own.
 */
function inPlaceOf({ headers }: Response, refused: Response): Response {
  const kept = [...headers].filter(([name]) => !OF_CONTENT.test(name) && !refused.headers.has(name));
  for (const [name, value] of kept) refused.headers.append(name, value);
  return refused;
}
