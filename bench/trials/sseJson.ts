import type { ReadValues } from '../contenders/contender';
import type { TrialModule } from '../trial';
import { cut, respond } from '../workloads/chunks';
import type { Cut } from '../workloads/chunks';
import { messagesOf } from '../workloads/messages';
import type { StyleName } from '../workloads/messages';
import type { ShapeName } from '../workloads/values';
import { loadReader } from './load';
import { valuesTrial } from './readValues';

/** Messages whose data is JSON, as values, from a response in memory. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { shape, style, chunk, bytes } = params as {
    shape: ShapeName;
    style: StyleName;
    chunk: Cut;
    bytes: number;
  };
  const read = await loadReader<ReadValues>('sse-json', contender);
  return valuesTrial(contender, read, shape, bytes, (total) => {
    const wire = messagesOf(shape, style, total).map((message) => message.wire);
    const chunks = cut(wire, chunk);
    return () => Promise.resolve(respond(chunks, 'text/event-stream'));
  });
};
