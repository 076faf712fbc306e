import type { DirectBody } from '../server/directBody';
import type { NodeResponse } from './exchange';

/** By a symbol of all realms, because an application may have two copies of this module (ESM and CommonJS). */
const SENT = Symbol.for('rxjs-http-streams.sent');

type Sent = NodeResponse & { [SENT]?: DirectBody };

/** Notes the body that a response sends. A member of the response: a map would cost an idle client more. */
export const noteSent = (res: NodeResponse, body: DirectBody): void => {
  (res as Sent)[SENT] = body;
};

/** Finds the body that a response sends, if it is one of this library. */
export const sentBody = (res: NodeResponse): DirectBody | undefined => (res as Sent)[SENT];
