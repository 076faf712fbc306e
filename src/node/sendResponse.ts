import { noop } from 'rxjs';
import { errorBehind } from '../flow/standIn';
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
 * `node:http2`, and frameworks on top of them.
 *
 * The status and the headers override those that middleware has set, except that `Set-Cookie` and `Vary` are added to
 * them. They are sent with the first byte of the body, or after 100 ms without one. A body of `toSseBody` and its
 * siblings writes to the response directly, and the stream of any other body is read, both with back-pressure.
 *
 * - When the body ends, the response ends.
 * - When the body fails before its first byte was sent, the client gets an error response instead. Its status is the
 *   `status` of the error if that is from 400 to 599, else 500. Its text is the result of `mapError`, or `'Internal
 *   error'`. It keeps the headers of the response that do not describe the body.
 * - When the body fails later, the client gets everything before the failure, and then a cut. On HTTP/2 that is a reset
 *   of the stream (RFC 9113 §8.1). On HTTP/1.1 it is the end of the connection without the last chunk (RFC 9112 §8), or
 *   a reset of the connection if the response would otherwise look complete.
 * - When the client disconnects, the body is cancelled, and no failure is reported.
 * - A response to HEAD, and one with status 204, 205 or 304, has no body (RFC 9110 §9.3.2, §6.4.1). The body is
 *   cancelled before it begins.
 *
 * Returns at once, and the `onEnd` of a body receives its end. Throws a `TypeError`
 *
 * - when the headers of `res` were sent already;
 * - when the body was read, or is being read.
 *
 * @see {@link toRequest} for the other direction, and {@link nodeHandler} for both.
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
      'sendResponse: expected a request without an answer, but the headers of its response were sent already',
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
      const reason = own?.ends.reason ?? INTERNAL_ERROR;
      const refused = failureResponse({ failed: true, error: errorBehind(error), reason });
      sendResponse(isSound ? inPlaceOf(response, refused) : refused, res);
    },
  });
  const reader = body.getReader();
  const direct = own?.sendTo(writer, (request) => isAnswered(request, res)) ? own : undefined;
  if (direct) noteSent(res, direct);
  writer.start(direct ?? streamChunks(reader, writer));
}

/** Headers that describe the body of the failed response (RFC 9110 §8). The error response has a body of its own. */
const OF_CONTENT = /^(content-|etag$|last-modified$|accept-ranges$)/;

/**
 * Adds the headers of a failed response that do not describe its body to the error response. A page of another origin
 * cannot read the error without the CORS headers, for example.
 */
function inPlaceOf({ headers }: Response, refused: Response): Response {
  const kept = [...headers].filter(([name]) => !OF_CONTENT.test(name) && !refused.headers.has(name));
  for (const [name, value] of kept) refused.headers.append(name, value);
  return refused;
}
