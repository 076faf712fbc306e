import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import ndjson from 'ndjson';
import type { ReadValues } from '../contender';

export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  await new Promise<void>((resolve, reject) => {
    Readable.fromWeb(body as ReadableStream)
      .pipe(ndjson.parse())
      .on('data', take)
      .on('error', reject)
      .on('end', resolve);
  });
};
