import { OURS, fasterThan } from '../case';
import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';

const NAIVE = 'enqueue';
const FRAMEWORKS = ['better-sse', 'hono', 'h3'];

const oneClient = (
  burst: number,
  bursts: number,
  naive: Target,
  frameworks: Target,
  quick?: Params,
): Case => ({
  name: burst === 1 ? 'one client, one at a time' : `one client, bursts of ${burst}`,
  trial: 'out',
  params: { to: 'out', clients: 1, burst, bursts },
  contenders: [NAIVE, OURS, ...FRAMEWORKS],
  gates: [
    fasterThan(NAIVE, ...naive),
    ...FRAMEWORKS.map((framework) => fasterThan(framework, ...frameworks)),
  ],
  ...(quick && { quick }),
});

const floor: Gate = fasterThan('controllers', 0.6, 0.65);

/** Ticks as an event stream, read from the bodies in the same process. */
export const out: Suite = {
  name: 'Server-Sent Events out',
  cases: [
    oneClient(1, 20_000, [1, 1], [1.7, 1.4]),
    oneClient(16, 4_000, [2.3, 2.3], [8, 6.5], {}),
    oneClient(1024, 200, [5, 5], [10, 10]),
    {
      name: '1 000 clients of one feed, encoded once',
      trial: 'out',
      params: { to: 'broadcast', clients: 1000, burst: 1, bursts: 30 },
      contenders: ['controllers', OURS, 'better-sse'],
      gates: [floor, fasterThan('better-sse', 8, 8)],
      quick: {},
    },
  ],
};
