import { eachChunk } from '../eachChunk';
import type { ReadValues } from '../contender';

/** The snippet that people paste into applications. */
export const read: ReadValues = async (open, take) => {
  const { body } = await open();
  const decoder = new TextDecoder();
  let buffer = '';
  await eachChunk(body, (chunk) => {
    buffer += decoder.decode(chunk, { stream: true });
    const lines = buffer.split('\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) take(JSON.parse(line));
  });
  if (buffer.trim()) take(JSON.parse(buffer));
};
