import { OURS, fasterThan } from '../case';
import type { Case, Suite, Target } from '../case';
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
  params: { burst, bursts },
  contenders: [NAIVE, OURS, ...FRAMEWORKS],
  gates: [
    fasterThan(NAIVE, ...naive),
    ...FRAMEWORKS.map((framework) => fasterThan(framework, ...frameworks)),
  ],
  ...(quick && { quick }),
});

/** Ticks as an event stream, read from the body in the same process. */
export const out: Suite = {
  name: 'Server-Sent Events out',
  cases: [
    oneClient(1, 20_000, [1, 1], [1.7, 1.4]),
    oneClient(16, 4_000, [2.3, 2.3], [8, 6.5], {}),
    oneClient(1024, 200, [5, 5], [10, 10]),
  ],
};
