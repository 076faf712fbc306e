import { noop } from 'rxjs';
import { bodyBehind } from '../server/directBody';
import { INTERNAL_ERROR } from '../server/publicReason';
import { refusal } from '../server/refusal';
import type { NodeResponse } from './exchange';
import { isOver } from './exchange';
import { ResponseWriter } from './responseWriter';
import { setHead } from './setHead';
import { streamChunks } from './streamChunks';

/** Statuses of responses without a body (RFC 9110 §15.3.5, §15.4.5). */
const BODILESS = [204, 205, 304];

export function sendResponse(response: Response, res: NodeResponse): void {
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
  const undo = setHead(response, res);
  if (!body || res.req.method === 'HEAD' || BODILESS.includes(response.status)) {
    body?.cancel().catch(noop);
    res.end();
    return;
  }
  const own = bodyBehind(body);
  const writer = new ResponseWriter(res, (error) => {
    undo();
    const { cause = error } = error as Error;
    sendResponse(refusal({ failed: true, error: cause, reason: own?.reason ?? INTERNAL_ERROR }), res);
  });
  writer.start(own?.sendTo(writer) ? own : streamChunks(body, writer));
}
