import type { ReadValues } from '../contenders/contender';
import type { TrialModule } from '../trial';
import { cut, respond } from '../workloads/chunks';
import type { Cut } from '../workloads/chunks';
import { linesOf } from '../workloads/values';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';
import { valuesTrial } from './readValues';

/** Lines as values, from a response in memory. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { shape, chunk, bytes } = params as { shape: ShapeName; chunk: Cut; bytes: number };
  const read = await loadReader<ReadValues>('ndjson', contender);
  return valuesTrial(contender, read, shape, bytes, (total) => {
    const chunks = cut(linesOf(shape, total), chunk);
    return () => Promise.resolve(respond(chunks, 'application/x-ndjson'));
  });
};
