import readNDJSONStream from 'ndjson-readablestream';
import type { ReadValues } from '../contender';

export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  for await (const value of readNDJSONStream<unknown>(body as ReadableStream)) take(value);
};
