import { eachChunk } from '../eachChunk';
import type { ReadText } from '../contender';

export const read: ReadText = async (open, take) => {
  const { body } = await open();
  const text = body?.pipeThrough(new TextDecoderStream());
  await eachChunk(text, take);
};
