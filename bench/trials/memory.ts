import type { ReadMessages, ReadValues } from '../contenders/contender';
import { expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { cut, respond } from '../workloads/chunks';
import { messagesOf } from '../workloads/messages';
import { strains } from '../workloads/strains';
import type { StrainName } from '../workloads/strains';
import { linesOf } from '../workloads/values';
import { loadReader } from './load';

const MIB = 1024 * 1024;

/** A body, and how many values it holds. */
interface Passage {
  readonly chunks: Iterable<Uint8Array>;
  readonly values: number;
}

/**
 * The chunks are the same over and over, so that what is counted is what the reader keeps, not how long the engine
 * waits before it frees buffers.
 */
function manyValues(format: string, bytes: number): Passage {
  const parts =
    format === 'sse' ? messagesOf('chat', 'plain', MIB).map(({ wire }) => wire) : linesOf('row', MIB);
  const values = parts.length;
  const chunks = cut(parts, 64 * 1024);
  const rounds = Math.ceil(bytes / MIB);
  return {
    chunks: (function* () {
      for (let round = 0; round < rounds; round++) yield* chunks;
    })(),
    values: rounds * values,
  };
}

/** Measures the largest growth of a process while it reads the first body of a kind. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { format, bytes, strain } = params as { format: string; bytes: number; strain?: StrainName };
  const read = await loadReader<ReadMessages & ReadValues>(format, contender);
  const type = format === 'sse' ? 'text/event-stream' : 'application/x-ndjson';
  const { chunks, values } = strain
    ? { chunks: strains[strain].chunks(bytes), values: 1 }
    : manyValues(format, bytes);

  return {
    size: values,
    cold: true,
    check: () => Promise.resolve(),
    async run() {
      const start = process.memoryUsage.rss();
      let taken = 0;
      await read(
        () => Promise.resolve(respond(chunks, type)),
        () => {
          taken++;
        },
        () => [],
      );
      expectSame(contender, taken, values);
      return { 'MiB grown': (process.resourceUsage().maxRSS * 1024 - start) / MIB };
    },
  };
};
