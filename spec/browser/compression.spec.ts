import { fromNdjsonFetch } from 'rxjs-http-streams';
import { expect, it } from 'vitest';
import { record } from '../support/recording';

/** Output of zlib for `{"id":1}` and a line break, with a sync flush and without an end. */
const FLUSHED = [
  31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 170, 86, 202, 76, 81, 178, 50, 172, 229, 2, 0, 0, 0, 255, 255,
];

it('DecompressionStream gives a row after the flush, before the stream goes on', async () => {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const rows = record(
    fromNdjsonFetch('/rows', {
      fetch: () => [new Response(readable.pipeThrough(new DecompressionStream('gzip')))],
    }),
  );
  void writer.write(new Uint8Array(FLUSHED));
  await rows.received(1);
  expect(rows.values).toEqual([{ id: 1 }]);
  rows.subscription.unsubscribe();
  await expect(writer.closed).rejects.toThrow();
});

it('CompressionStream keeps messages until it ends', async () => {
  const { readable, writable } = new CompressionStream('gzip');
  let size = 0;
  const reading = readable.pipeTo(new WritableStream({ write: (chunk) => void (size += chunk.length) }));
  const writer = writable.getWriter();
  for (let n = 0; n < 50; n++) await writer.write(new TextEncoder().encode(`data: ${n}\n\n`));
  // No more than the header of the format.
  expect(size).toBeLessThanOrEqual(10);
  await writer.close();
  await reading;
  expect(size).toBeGreaterThan(100);
});
