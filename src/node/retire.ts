import type { DirectBody } from '../server/directBody';

/** Time for which a client waits that was told none (WHATWG HTML §9.2.3 leaves it to browsers), in milliseconds. */
const USUAL = 3_000;
/** The least that a client waits, in milliseconds: `fromEventSource` waits no shorter, either. */
const LEAST = 100;

/**
 * Tells the client of an event stream to wait for 0.5 to 1.5 times as long as it would have before it reconnects, so
 * that clients do not come back together. The client is told nothing where that would break a line that is relayed, or
 * while frames wait for it.
 *
 * @returns Whether the client was told, `undefined` for a body that is not an event stream.
 */
export function retire(body: DirectBody): boolean | undefined {
  let isTold: boolean | undefined;
  body.insert((outlet) => {
    const { framing, isEmpty } = outlet;
    if (!framing.nudge) return;
    const retry = Math.round((0.5 + Math.random()) * (framing.retry ?? USUAL));
    // A comment breaks nothing here, and neither does a field in its place.
    const field = isEmpty ? framing.nudge().replace(':', `retry: ${Math.max(LEAST, retry)}`) : '';
    outlet.before += field;
    isTold = field !== '';
  });
  return isTold;
}
