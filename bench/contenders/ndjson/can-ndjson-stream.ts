import ndjsonStream from 'can-ndjson-stream';
import { eachChunk } from '../eachChunk';
import type { ReadValues } from '../contender';

export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  await eachChunk(ndjsonStream(body), take);
};
