import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionScript } from '../support/connectionScript';
import type { ConnectionScript } from '../support/connectionScript';
import { connectionTrace } from '../support/connectionTrace';
import type { ConnectionTrace } from '../support/connectionTrace';
import { referenceReconnecting } from '../support/referenceReconnecting';
import type { ReferenceReconnecting } from '../support/referenceReconnecting';

let seed = 0;

/** A property of what scripts come to; each is tried with scripts of its own. */
function itHolds(
  behaviour: string,
  check: (trace: ConnectionTrace, expected: ReferenceReconnecting, script: ConnectionScript) => void,
): void {
  const parameters = { numRuns: 250, seed: ++seed };
  it(behaviour, () => {
    fc.assert(
      fc.property(connectionScript, (script) => {
        const trace = connectionTrace(script);
        const sentAt = trace.requests.map((request) => request.sentAt);
        check(trace, referenceReconnecting(script, sentAt), script);
      }),
      parameters,
    );
  });
}

describe('fromEventSource, whatever its server does', () => {
  itHolds('never has two connections at once', ({ requests }) => {
    expect(requests.filter(({ atOnce }) => atOnce > 1)).toEqual([]);
  });

  itHolds(
    'asks with each request for what follows the last block that was delivered',
    ({ requests }, { lastEventIds }) => {
      expect(requests.map(({ lastEventId }) => lastEventId)).toEqual(lastEventIds);
    },
  );

  itHolds(
    'delivers each message once, in order, when its blank line comes, and none once it is left',
    ({ messages }, expected) => {
      expect(messages).toEqual(expected.messages);
    },
  );

  itHolds('ends as the server or the connection says, and only then', ({ outcome }, expected) => {
    expect(outcome).toEqual(expected.outcome);
  });

  itHolds(
    'asks again neither before the server allows it nor later than is documented',
    ({ requests, announced }, { waits, overAt }, { watched }) => {
      for (const [index, { from, atLeast, atMost }] of waits.entries()) {
        // Left while it waited, it does not ask at all.
        const sentAt = requests[index + 1]?.sentAt ?? Math.max(overAt, from + atLeast);
        expect(sentAt - from).toBeGreaterThanOrEqual(atLeast);
        expect(sentAt - from).toBeLessThanOrEqual(atMost);
        if (watched && requests[index + 1]) expect(announced[index]).toBe(sentAt - from);
      }
    },
  );

  itHolds('sends no request once it is over', ({ requests }, { overAt }) => {
    expect(requests.filter(({ sentAt }) => sentAt > overAt)).toEqual([]);
  });

  itHolds('leaves no connection and no timer behind once it is over', ({ left }, { overAt }) => {
    expect(left).toEqual({ connections: 0, settledAt: overAt });
  });

  itHolds('never sends a POST twice', ({ requests }) => {
    expect(requests.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(1);
  });
});
