import type { ReadValues } from '../contenders/contender';
import type { TrialModule } from '../trial';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';
import { startServer } from './loopback';
import { valuesTrial } from './readValues';

/** Values over loopback, as fast as a server in another process writes them. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { format, shape, bytes } = params as { format: string; shape: ShapeName; bytes: number };
  const read = await loadReader<ReadValues>(format === 'sse' ? 'sse-json' : format, contender);
  const address = await startServer();
  const trial = valuesTrial(
    contender,
    read,
    shape,
    bytes,
    (total) => () => fetch(`${address}/bulk?format=${format}&shape=${shape}&bytes=${total}`),
  );
  return {
    ...trial,
    async run() {
      const start = performance.now();
      const measures = await trial.run();
      const elapsed = performance.now() - start;
      return { ...measures, 'ns a value, elapsed': (elapsed * 1e6) / trial.size };
    },
  };
};
