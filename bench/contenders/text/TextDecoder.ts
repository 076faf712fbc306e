import { eachChunk } from '../eachChunk';
import type { ReadText } from '../contender';

/** The loop that everybody writes. */
export const read: ReadText = async (open, take) => {
  const { body } = await open();
  const decoder = new TextDecoder();
  await eachChunk(body, (chunk) => {
    take(decoder.decode(chunk, { stream: true }));
  });
  take(decoder.decode());
};
