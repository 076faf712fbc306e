import { eachChunk } from '../eachChunk';
import type { ReadText } from '../contender';

export const read: ReadText = async (open, take) => {
  const { body } = await open();
  const text = body?.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
  await eachChunk(text, take);
};
