import type { ReadValues } from './contender';
import { eachChunk } from './eachChunk';

/** `JSON.parse` and nothing else: the body is not even opened. */
export const parseOnly: ReadValues = (_open, take, texts) => {
  for (const text of texts()) take(JSON.parse(text));
  return Promise.resolve();
};

/** The body is read and thrown away, and what was in it is parsed. */
export const readAndParse: ReadValues = async (open, take, texts) => {
  let length = 0;
  const { body } = await open();
  await eachChunk(body, (chunk) => {
    length += chunk.length;
  });
  await parseOnly(open, take, texts);
  return length;
};
