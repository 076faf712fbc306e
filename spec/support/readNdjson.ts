import type { JsonLine } from '../../src/protocol/jsonLine';
import { ndjsonDecoder } from '../../src/protocol/ndjsonDecoder';
import type { NdjsonDecoderConfig } from '../../src/protocol/ndjsonDecoder';
import { recordingSink } from './recordingSink';
import { thrownBy } from './thrownBy';

/** The values of NDJSON, and the error that follows them. */
export interface NdjsonRead<T> {
  readonly values: readonly T[];
  readonly error: unknown;
}

/** Reads the chunks of a body of NDJSON that ends cleanly. */
export function readNdjson<T>(
  chunks: readonly string[],
  read: (...line: JsonLine) => T,
  config?: NdjsonDecoderConfig,
): NdjsonRead<T> {
  const sink = recordingSink<unknown>();
  const { push, end } = ndjsonDecoder(
    sink,
    (...line) => {
      sink.next(read(...line));
    },
    config,
  );
  const error = thrownBy(() => {
    chunks.forEach(push);
    end();
  });
  return { values: sink.values as T[], error };
}
