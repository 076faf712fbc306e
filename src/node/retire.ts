import type { DirectBody } from '../server/directBody';

/** Delay of clients that got no `retry:`, in milliseconds. WHATWG HTML §9.2.3 leaves the value to browsers. */
const USUAL = 3_000;
/** Shortest delay, in milliseconds. `fromEventSource` never waits for less. */
const LEAST = 100;

/**
 * Sends the client of an event stream a `retry:` of 0.5 to 1.5 times its delay before a reconnect, so that the clients
 * of a server do not reconnect all at once. It sends nothing while frames are buffered, or within a line of relayed
 * bytes.
 *
 * @returns Whether the field was sent, or `undefined` for a body that is not an event stream.
 */
export function retire(body: DirectBody): boolean | undefined {
  let isSent: boolean | undefined;
  body.insert((outlet) => {
    const { framing, isEmpty } = outlet;
    if (!framing.nudge) return;
    const retry = Math.round((0.5 + Math.random()) * (framing.retry ?? USUAL));
    const field = isEmpty ? framing.nudge(`retry: ${Math.max(LEAST, retry)}`) : '';
    outlet.before += field;
    isSent = field !== '';
  });
  return isSent;
}
