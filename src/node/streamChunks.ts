import type { BodySink } from '../server/directBody';
import type { ChunkSource } from './chunkSource';

/** Returns a source that reads the chunks of any stream one at a time. */
export const streamChunks = (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  sink: BodySink,
): ChunkSource => ({
  givesAll: true,
  pull: () => {
    reader.read().then(
      ({ done, value }) => {
        if (done) sink.close();
        else sink.enqueue(value);
      },
      (error: unknown) => {
        sink.error(error);
      },
    );
  },
  cancel: () => reader.cancel(),
});
