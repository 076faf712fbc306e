import type { DirectBody } from '../server/directBody';
import type { NodeResponse } from './exchange';

/** A symbol of the global registry, because an application may load this module twice (as ESM and as CommonJS). */
const SENT = Symbol.for('rxjs-http-streams.sent');

type Sent = NodeResponse & { [SENT]?: DirectBody };

/** Attaches the body that a response sends to the response. A map would cost more memory for each idle client. */
export const noteSent = (res: NodeResponse, body: DirectBody): void => {
  (res as Sent)[SENT] = body;
};

/** Returns the body that a response sends, or `undefined` if it is not one of this library. */
export const sentBody = (res: NodeResponse): DirectBody | undefined => (res as Sent)[SENT];
